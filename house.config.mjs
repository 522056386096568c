// @ts-check
/**
 * The house: its rooms, who may import whom, and what pure rooms never touch. Data first, then the two functions
 * that judge by it. Read by the linter (.ci/lint/house-plugin.mjs, in the editor) and by the architecture test
 * (.ci/architecture). The reasons are in docs/decisions/0001-house-and-how-its-rules-hold.md.
 */
import { existsSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';

/**
 * Row may import column; a room may always import itself. `x:types` allows `import type` only, `x:logic` only files
 * without JSX, `x:view` only from files with JSX, and a path names one module of a room. `lab` is one lab's
 * folder, `labs` the parts that labs share. `text` is added to every room but bytes, sim and protocols.
 * @type {Record<string, readonly string[]>}
 */
export const mayImport = {
  bytes: [],
  sim: ['bytes'],
  protocols: ['bytes', 'sim'],
  x509: ['bytes', 'protocols'],
  text: [],
  ui: ['bytes', 'text'],
  runner: ['bytes', 'sim', 'protocols', 'text'],
  lab: [
    'bytes',
    'sim',
    'protocols',
    'x509',
    'runner',
    'lib/labs/define-lab',
    'lib/labs/params',
    'lib/labs/param-fields',
    'lib/labs/wire/index',
    'lib/labs/wire/read-by-protocol',
    'lib/labs/live-peers/index',
    'lib/labs/exchange-view/index',
    'lib/labs/exchange-view/exchange-picture',
    'lib/labs/exchange-view/faults-line',
    'lib/labs/exchange-view/machine',
    'text',
    'ui:types',
    'ui:view',
  ],
  labs: ['bytes', 'sim', 'protocols', 'x509', 'runner', 'lab', 'text', 'ui'],
  course: ['labs:types', 'text'],
  classroom: ['labs:types', 'lib/labs/capsule', 'course:types', 'text'],
  embed: ['labs:types', 'lib/labs/capsule', 'course:types', 'text'],
  progress: ['course', 'text', 'ui'],
  lesson: ['text', 'ui', 'progress', 'labs', 'course', 'protocols'],
  server: [
    'labs:logic',
    'lab:logic',
    'runner',
    'course',
    'classroom',
    'embed',
    'lib/lesson/vocabulary',
    'text',
  ],
  app: [
    ...['bytes', 'sim', 'protocols', 'x509', 'labs', 'lab', 'runner', 'course', 'classroom', 'embed', 'ui'],
    ...['server', 'text', 'progress', 'lesson'],
  ],
};

/** The parts of lib/labs that are not a lab; files directly in lib/labs are shared as well. */
export const sharedLabFolders = ['host', 'exercise', 'exchange-view', 'catalogue', 'wire', 'live-peers'];

/** From the lowest: a protocol may import those before it, and only through their index.ts. */
export const protocolStack = [
  ...['structured-fields', 'mime', 'ip', 'udp', 'tcp', 'nat', 'dns', 'stun', 'turn', 'ice', 'tls', 'dtls'],
  ...['rtp', 'srtp', 'sctp', 'quic', 'hpack', 'qpack', 'http1', 'http2', 'http3', 'http-auth', 'http-cache'],
  ...['cookies', 'cors', 'sse', 'websocket', 'sdp', 'webrtc'],
];

/** No DOM, React, Next, Node, clock, chance or timer: time and chance come in as arguments. */
export const pureRooms = ['bytes', 'sim', 'protocols', 'x509', 'course', 'classroom'];

export const pure = {
  /** Beside these a pure room has the package that it is the door of. */
  packages: ['zod'],
  /** What a host gives and pure code may use all the same: it depends on nothing but its arguments. */
  allowedGlobals: [
    'TextEncoder',
    'TextDecoder',
    'URL',
    'URLSearchParams',
    'crypto',
    'structuredClone',
    'atob',
    'btoa',
  ],
  /** For the linter; the test asks the type checker and so needs no list. */
  forbiddenGlobals: [
    ...[
      'window',
      'self',
      'document',
      'navigator',
      'location',
      'history',
      'screen',
      'localStorage',
      'sessionStorage',
    ],
    ...[
      'indexedDB',
      'caches',
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'EventSource',
      'Worker',
      'postMessage',
      'alert',
    ],
    ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask'],
    ...[
      'requestAnimationFrame',
      'requestIdleCallback',
      'performance',
      'console',
      'process',
      'Buffer',
      'global',
    ],
  ],
  forbiddenMembers: ['Date.now', 'Math.random', 'crypto.getRandomValues', 'crypto.randomUUID'],
};

/** Packages with one door: nobody else imports them (types are free). */
export const doors = {
  '@prisma/client': 'lib/server/db',
  '@prisma/adapter-better-sqlite3': 'lib/server/db',
  'monaco-editor': 'lib/ui/code-editor',
  pkijs: 'lib/x509',
  asn1js: 'lib/x509',
};

/** Drawn by Preact in the embed as well, so they know no Next; and they run in browsers, so they know no Node. */
export const portableRooms = ['ui', 'lab', 'labs'];
export const browserRooms = [...portableRooms, 'progress', 'lesson'];

/**
 * The room of a file, by its path from the repository's root: `{ room: 'protocols', name: 'tcp' }`.
 * Undefined for files outside the house (e2e, bench, config).
 * @param {string} path
 * @returns {{ room: string, name: string } | undefined}
 */
export function roomOf(path) {
  const [top, room = '', name = '', ...rest] = path.split('/');
  if (top === 'app') return { room: 'app', name: '' };
  if (top !== 'lib') return undefined;
  if (room === 'protocols') return { room, name };
  if (room !== 'labs') return { room, name: '' };
  return rest.length > 0 && !sharedLabFolders.includes(name) ? { room: 'lab', name } : { room, name: '' };
}

/** Tests read vectors and look from outside: rules are for what ships. @param {string} path */
export const isTest = (path) =>
  /\.(test|spec|bench|fixture)\.tsx?$/.test(path) ||
  /\/build\.mjs$/.test(path) ||
  /\/(fixtures|test-support)\//.test(path);

/**
 * A lab's files without JSX are pure too, so that the server can run them.
 * @param {string} path
 */
export function isPure(path) {
  const home = roomOf(path);
  if (!home || isTest(path)) return false;
  return pureRooms.includes(home.room) || (home.room === 'lab' && !path.endsWith('.tsx'));
}

/**
 * The file that a specifier means, from the repository's root, or undefined for a package.
 * @param {string} root absolute path of the repository
 * @param {string} from importing file, from the root
 * @param {string} specifier
 * @returns {string | undefined}
 */
export function resolveImport(root, from, specifier) {
  if (!/^(\.|@\/)/.test(specifier)) return undefined;
  const base = specifier.startsWith('@/')
    ? join(root, specifier.slice(2))
    : join(root, dirname(from), specifier);
  const found = ['', '.ts', '.tsx', '.mjs', '/index.ts', '/index.tsx'].find((end) => {
    return existsSync(base + end) && statSync(base + end).isFile();
  });
  return relative(root, base + (found ?? '')).replaceAll('\\', '/');
}

/**
 * Judges one import; answers what is wrong with it, or undefined.
 * @param {{ from: string, specifier: string, target: string | undefined, typeOnly: boolean, client?: boolean }} it
 *   `target` as resolveImport gives it; `client`: the importing file says 'use client'
 * @returns {string | undefined}
 */
export function importProblem({ from, specifier, target, typeOnly, client = false }) {
  const home = roomOf(from);
  if (!home || isTest(from)) return undefined;
  if (target === undefined) return packageProblem(from, home.room, specifier, typeOnly);
  const there = roomOf(target);
  if (!there) return undefined;
  const allowed = mayImport[home.room];
  if (!allowed) return `"${home.room}" is not a room of the house (house.config.mjs)`;

  if (home.room === there.room && home.name === there.name) {
    if (isPure(from) && target.endsWith('.tsx')) return 'a pure file imports no view';
    return undefined;
  }
  if (there.room === 'app') return 'nothing imports app';
  if (there.room === 'lab' && home.room === 'lab') return 'a lab imports no other lab';
  if (there.room === 'protocols') {
    if (target !== `lib/protocols/${there.name}/index.ts`)
      return 'a protocol is imported through its index.ts';
    if (home.room === 'protocols') return stackProblem(home.name, there.name);
  }
  if (there.room === 'server' && client)
    return 'only server code imports server; this file says "use client"';

  const module = target.replace(/\.[a-z]+$/, '');
  const hasJsx = (/** @type {string} */ path) => path.endsWith('.tsx');
  const fits = allowed.some((entry) => {
    if (entry === module || entry === there.room) return true;
    const [room, only] = entry.split(':');
    if (room !== there.room) return false;
    return only === 'types' ? typeOnly : only === 'logic' ? typeOnly || !hasJsx(target) : hasJsx(from);
  });
  return fits
    ? undefined
    : `${home.room} may import ${allowed.join(', ') || 'no other room'}; not ${there.room}`;
}

/** @param {string} from @param {string} room @param {string} specifier @param {boolean} typeOnly */
function packageProblem(from, room, specifier, typeOnly) {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const isNode = specifier.startsWith('node:') || builtinModules.includes(name);
  const door = doors[/** @type {keyof typeof doors} */ (name)];
  const isAtDoor = door !== undefined && posix.normalize(from).startsWith(`${door}/`);
  if (isPure(from) && !pure.packages.includes(name) && !isAtDoor)
    return `a pure room imports no package but ${pure.packages.join()}`;
  if (isNode && browserRooms.includes(room))
    return `${room} runs in the browser and imports no Node built-in`;
  if (name === 'next' && portableRooms.includes(room))
    return `${room} is drawn outside Next too and imports nothing of it`;
  if (door && !typeOnly && !isAtDoor) return `${name} is imported in ${door} only`;
  return undefined;
}

/** @param {string} upper @param {string} lower */
function stackProblem(upper, lower) {
  const [from, to] = [protocolStack.indexOf(upper), protocolStack.indexOf(lower)];
  if (from < 0) return `"${upper}" has no place in protocolStack (house.config.mjs)`;
  if (to < 0) return `"${lower}" has no place in protocolStack (house.config.mjs)`;
  return to < from ? undefined : `${upper} stands below ${lower} in the stack`;
}
