// @ts-check
/** Finds a Chromium on this machine, or installs Debian's. `node .ci/chromium.mjs` prints its path. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installDebianPackages } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const usualPlaces = [
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Browsers that playwright downloaded earlier, the newest first. */
function fromPlaywright() {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    join(homedir(), '.cache/ms-playwright'),
    join(homedir(), 'Library/Caches/ms-playwright'),
  ];
  const inside = [
    ...['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'],
    ...['chrome-headless-shell-linux64/chrome-headless-shell', 'chrome-linux/headless_shell'],
  ];
  return caches.flatMap((cache) => {
    if (!cache) return [];
    try {
      const folders = readdirSync(cache).filter((name) => name.startsWith('chromium'));
      return folders
        .sort()
        .reverse()
        .flatMap((folder) => inside.map((path) => join(cache, folder, path)));
    } catch {
      return [];
    }
  });
}

/** A file that is there may still be a stub that asks for a snap: it must say its version. @param {string} path */
function runs(path) {
  try {
    return /\d+\.\d+/.test(
      execFileSync(path, ['--version'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: 30_000,
      }),
    );
  } catch {
    return false;
  }
}

/** The path of a Chromium that runs, or undefined. `CHROMIUM_PATH` is asked first. */
export function findChromium() {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const candidates = [process.env.CHROMIUM_PATH, ...onPath, ...fromPlaywright(), ...usualPlaces];
  return candidates.find((path) => path !== undefined && path !== '' && runs(path));
}

/** @throws Error that says what to do, if there is none and none can be installed */
export function ensureChromium() {
  const found = findChromium() ?? (installDebianPackages(['chromium']) ? findChromium() : undefined);
  if (found) return found;
  throw new Error(
    'no Chromium: install one ("apt-get install chromium") or set CHROMIUM_PATH to one that runs',
  );
}

if (process.argv[1] === import.meta.filename) console.log(ensureChromium());
