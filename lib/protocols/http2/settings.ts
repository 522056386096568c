import { Http2Error } from './errors';
import { DEFAULT_MAX_FRAME_SIZE, LARGEST_MAX_FRAME_SIZE, MAX_31_BITS } from './frame';
import { SETTINGS, settingName, type ErrorName } from './registries';

/** What one side has told the other (RFC 9113 §6.5.2; RFC 8441 §3; RFC 9218 §2.1). */
export type Http2Settings = {
  headerTableSize: number;
  enablePush: boolean;
  maxConcurrentStreams: number;
  initialWindowSize: number;
  maxFrameSize: number;
  maxHeaderListSize: number;
  enableConnectProtocol: boolean;
  noRfc7540Priorities: boolean;
};

/** Before any SETTINGS frame. */
export const DEFAULT_SETTINGS: Readonly<Http2Settings> = {
  headerTableSize: 4096,
  enablePush: true,
  maxConcurrentStreams: Infinity,
  initialWindowSize: 65_535,
  maxFrameSize: DEFAULT_MAX_FRAME_SIZE,
  maxHeaderListSize: Infinity,
  enableConnectProtocol: false,
  noRfc7540Priorities: false,
};

/** Settings by their ids. */
const keyOf: ReadonlyMap<number, keyof Http2Settings> = new Map([
  [SETTINGS.HEADER_TABLE_SIZE, 'headerTableSize'],
  [SETTINGS.ENABLE_PUSH, 'enablePush'],
  [SETTINGS.MAX_CONCURRENT_STREAMS, 'maxConcurrentStreams'],
  [SETTINGS.INITIAL_WINDOW_SIZE, 'initialWindowSize'],
  [SETTINGS.MAX_FRAME_SIZE, 'maxFrameSize'],
  [SETTINGS.MAX_HEADER_LIST_SIZE, 'maxHeaderListSize'],
  [SETTINGS.ENABLE_CONNECT_PROTOCOL, 'enableConnectProtocol'],
  [SETTINGS.NO_RFC7540_PRIORITIES, 'noRfc7540Priorities'],
]);

type Setting = readonly [id: number, value: number];

/** The bounds of those settings that have any, and the error of what lies outside. */
const bounds: ReadonlyMap<number, readonly [minimum: number, maximum: number, errorName: ErrorName]> =
  new Map([
    [SETTINGS.ENABLE_PUSH, [0, 1, 'PROTOCOL_ERROR']],
    [SETTINGS.INITIAL_WINDOW_SIZE, [0, MAX_31_BITS, 'FLOW_CONTROL_ERROR']],
    [SETTINGS.MAX_FRAME_SIZE, [DEFAULT_MAX_FRAME_SIZE, LARGEST_MAX_FRAME_SIZE, 'PROTOCOL_ERROR']],
    [SETTINGS.ENABLE_CONNECT_PROTOCOL, [0, 1, 'PROTOCOL_ERROR']],
    [SETTINGS.NO_RFC7540_PRIORITIES, [0, 1, 'PROTOCOL_ERROR']],
  ]);

/** @throws Http2Error if the value is none that the setting may have (RFC 9113 §6.5.2) */
export function checkSetting([id, value]: Setting, offset: number): void {
  const bound = bounds.get(id);
  if (!bound) return;
  const [minimum, maximum, errorName] = bound;
  if (value >= minimum && value <= maximum) return;
  throw new Http2Error({
    code: 'HTTP2_SETTING_OUT_OF_RANGE',
    errorName,
    offset: offset + 2,
    seen: `${settingName(id)} = ${value}`,
    expected: `${minimum} to ${maximum}`,
    ref: 'RFC 9113 §6.5.2',
  });
}

/** The settings after a SETTINGS frame, in its order; unknown ones are passed over. */
export function applySettings(before: Readonly<Http2Settings>, settings: readonly Setting[]): Http2Settings {
  const after: Record<string, number | boolean> = { ...before };
  for (const [id, value] of settings) {
    const key = keyOf.get(id);
    if (key) after[key] = typeof before[key] === 'boolean' ? value === 1 : value;
  }
  return after as Http2Settings;
}

/** What a SETTINGS frame has to say so that `settings` hold in place of the defaults. */
export function settingsToSend(settings: Partial<Http2Settings>): Setting[] {
  return [...keyOf].flatMap(([id, key]) => {
    const value = settings[key];
    return value === undefined || value === DEFAULT_SETTINGS[key] ? [] : [[id, Number(value)] as const];
  });
}
