import type { WindowParams } from './lab';

const base = {
  writes: 1,
  writeEveryMs: 10,
  nagle: true,
  senderAvoidance: true,
  oneWayMs: 50,
  loseUpdate: false,
  windowScale: true,
  readFromMs: 0,
  delayedAck: true,
  receiverAvoidance: true,
} as const satisfies Partial<WindowParams>;

/** Settings to begin from, by their message key `scenarios.<id>`. The first is the lab's default. */
export const scenarios = {
  'slow-reader': {
    ...base,
    writeBytes: 17_520,
    bufferBytes: 5840,
    reading: 'paced',
    readBytes: 2920,
    readEveryMs: 400,
  },
  'lost-update': {
    ...base,
    writeBytes: 11_680,
    bufferBytes: 5840,
    loseUpdate: true,
    reading: 'paced',
    readBytes: 5840,
    readEveryMs: 600,
  },
  'never-read': {
    ...base,
    writeBytes: 11_680,
    bufferBytes: 5840,
    reading: 'never',
    readBytes: 2920,
    readEveryMs: 400,
  },
  'small-writes': {
    ...base,
    writes: 2,
    writeBytes: 100,
    writeEveryMs: 1,
    oneWayMs: 20,
    bufferBytes: 65_535,
    reading: 'at-once',
    readBytes: 2920,
    readEveryMs: 400,
  },
  silly: {
    ...base,
    writeBytes: 6000,
    nagle: false,
    senderAvoidance: false,
    receiverAvoidance: false,
    oneWayMs: 5,
    bufferBytes: 4380,
    reading: 'paced',
    readBytes: 40,
    readEveryMs: 20,
  },
  'long-path': {
    ...base,
    writeBytes: 262_800,
    oneWayMs: 50,
    windowScale: false,
    bufferBytes: 1_048_576,
    reading: 'at-once',
    readBytes: 2920,
    readEveryMs: 400,
  },
} as const satisfies Record<string, Partial<WindowParams>>;

export type ScenarioId = keyof typeof scenarios;
