import { spawn } from 'node:child_process';
import { root } from './settings.mjs';

/**
 * Runs a script of ours or a package's with this Node, showing what it prints (`quiet`: only if it fails). Ended
 * by a signal to us, it is ended too.
 * @param {string} script path from the repository root
 * @param {string[]} args
 * @param {{ quiet?: boolean; env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>}
 */
export function runNode(script, args = [], { quiet = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    let said = '';
    child.stdout?.on('data', (chunk) => (said += chunk));
    child.stderr?.on('data', (chunk) => (said += chunk));
    const stop = () => {
      child.kill();
      process.exit(1);
    };
    process.once('SIGTERM', stop).once('SIGINT', stop);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      if (code === 0) return resolve();
      process.stderr.write(said);
      reject(new Error(`${script} ${args.join(' ')} ended with ${signal ?? code}`));
    });
  });
}
