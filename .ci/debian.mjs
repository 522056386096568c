// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Runs quietly; whether it went well. @param {string} command @param {string[]} args */
function succeeds(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs Debian packages where we may: as root, or by a sudo that asks nothing.
 * @param {string[]} packages
 * @returns {boolean} whether they are there now
 */
export function installDebianPackages(packages) {
  if (!existsSync('/usr/bin/apt-get')) return false;
  const root = process.getuid?.() === 0;
  if (!root && !succeeds('sudo', ['-n', 'true'])) return false;
  const apt = (/** @type {string[]} */ ...args) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    execFileSync(root ? 'env' : 'sudo', root ? command.slice(1) : ['-n', ...command], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 15 * 60_000,
    });
  };
  console.log(`installing ${packages.join(', ')} from Debian's packages`);
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...packages);
    return true;
  } catch (error) {
    console.log(`apt-get failed: ${error instanceof Error ? error.message : error}`);
    return false;
  }
}
