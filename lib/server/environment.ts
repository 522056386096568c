/**
 * What the environment says, read when asked and never at import: `next build` loads every handler without a
 * database. The launcher (launch/start.mjs, launch/dev.mjs) fills in the defaults.
 */
export const environment = {
  /** `file:` and an absolute path. */
  get databaseUrl(): string {
    return required('DATABASE_URL');
  },
  /** The folder of what must outlive a release: the database, the cookie secret. */
  get dataFolder(): string {
    return required('ROUNDTRIP_DATA');
  },
  /** Signs the cookies in place of the secret in the data folder; at least 32 characters. */
  get secret(): string | null {
    return process.env.ROUNDTRIP_SECRET || null;
  },
  get logLevel(): string {
    return process.env.ROUNDTRIP_LOG ?? 'info';
  },
};

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start with "npm start" or "npm run dev"`);
  return value;
}
