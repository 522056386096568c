import { environment } from './environment';

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type Level = Exclude<(typeof LEVELS)[number], 'silent'>;
/** What a line may say. No learner's id, no address, no cookie, no body. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;

/** Writes one JSON line to standard error, so that standard output stays readable. */
export function log(level: Level, event: string, fields: LogFields = {}): void {
  if (LEVELS.indexOf(level) < LEVELS.findIndex((name) => name === environment.logLevel)) return;
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
}
