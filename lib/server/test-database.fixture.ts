import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs one of the launcher's scripts or Prisma's command, and throws what it said if it fails. */
export function runScript(script: string, args: string[] = []): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1', NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`${script} failed:\n${stdout}${stderr}`);
}

/** An empty data folder, which the environment names until `remove`. */
export function createDataFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'roundtrip-'));
  Object.assign(process.env, { ROUNDTRIP_DATA: path, DATABASE_URL: `file:${join(path, 'roundtrip.db')}` });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
