import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../environment';

const MIN_LENGTH = 32;
let known: { from: string; secret: string } | undefined;

/**
 * The key that cookies are signed with: `ROUNDTRIP_SECRET`, or a random one that the first start leaves in the
 * data folder, readable by its owner only. Losing it makes every learner new, so it is backed up with the data.
 */
export function cookieSecret(): string {
  const from = environment.secret ?? join(environment.dataFolder, 'cookie-secret');
  if (known?.from !== from) known = { from, secret: environment.secret ?? readOrCreate(from) };
  if (known.secret.length < MIN_LENGTH)
    throw new Error(`The cookie secret is shorter than ${MIN_LENGTH} characters`);
  return known.secret;
}

function readOrCreate(path: string): string {
  mkdirSync(environment.dataFolder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
    // A link appears whole or not at all, and not over another process's secret.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
