// The registries of HTTP/2 as data (RFC 9113 §11, and the RFCs that added to them).

/** Frame types (RFC 9113 §6; PRIORITY_UPDATE: RFC 9218 §7.1). Those not here are read as UNKNOWN and ignored (§4.1). */
export const FRAME_TYPES = {
  DATA: 0x00,
  HEADERS: 0x01,
  PRIORITY: 0x02,
  RST_STREAM: 0x03,
  SETTINGS: 0x04,
  PUSH_PROMISE: 0x05,
  PING: 0x06,
  GOAWAY: 0x07,
  WINDOW_UPDATE: 0x08,
  CONTINUATION: 0x09,
  PRIORITY_UPDATE: 0x10,
} as const;

export type FrameTypeName = keyof typeof FRAME_TYPES;

/** Flags by name; what a bit means depends on the frame's type (RFC 9113 §6). */
export const FLAGS = {
  END_STREAM: 0x01,
  ACK: 0x01,
  END_HEADERS: 0x04,
  PADDED: 0x08,
  PRIORITY: 0x20,
} as const;

/** The flags that each frame type defines, lowest bit first. */
export const FLAGS_OF: Readonly<Record<FrameTypeName, readonly (keyof typeof FLAGS)[]>> = {
  DATA: ['END_STREAM', 'PADDED'],
  HEADERS: ['END_STREAM', 'END_HEADERS', 'PADDED', 'PRIORITY'],
  PRIORITY: [],
  RST_STREAM: [],
  SETTINGS: ['ACK'],
  PUSH_PROMISE: ['END_HEADERS', 'PADDED'],
  PING: ['ACK'],
  GOAWAY: [],
  WINDOW_UPDATE: [],
  CONTINUATION: ['END_HEADERS'],
  PRIORITY_UPDATE: [],
};

/** Settings (RFC 9113 §6.5.2; 0x8: RFC 8441 §3; 0x9: RFC 9218 §2.1). Those not here are ignored. */
export const SETTINGS = {
  HEADER_TABLE_SIZE: 0x01,
  ENABLE_PUSH: 0x02,
  MAX_CONCURRENT_STREAMS: 0x03,
  INITIAL_WINDOW_SIZE: 0x04,
  MAX_FRAME_SIZE: 0x05,
  MAX_HEADER_LIST_SIZE: 0x06,
  ENABLE_CONNECT_PROTOCOL: 0x08,
  NO_RFC7540_PRIORITIES: 0x09,
} as const;

/** Error codes (RFC 9113 §7). */
export const ERROR_CODES = {
  NO_ERROR: 0x00,
  PROTOCOL_ERROR: 0x01,
  INTERNAL_ERROR: 0x02,
  FLOW_CONTROL_ERROR: 0x03,
  SETTINGS_TIMEOUT: 0x04,
  STREAM_CLOSED: 0x05,
  FRAME_SIZE_ERROR: 0x06,
  REFUSED_STREAM: 0x07,
  CANCEL: 0x08,
  COMPRESSION_ERROR: 0x09,
  CONNECT_ERROR: 0x0a,
  ENHANCE_YOUR_CALM: 0x0b,
  INADEQUATE_SECURITY: 0x0c,
  HTTP_1_1_REQUIRED: 0x0d,
} as const;

export type ErrorName = keyof typeof ERROR_CODES;

const nameIn = (registry: Readonly<Record<string, number>>) => {
  const names = new Map(Object.entries(registry).map(([name, code]) => [code, name]));
  return (code: number) => names.get(code);
};
const errorNames = nameIn(ERROR_CODES);
const settingNames = nameIn(SETTINGS);
const typeNames = nameIn(FRAME_TYPES);

/** The name of an error code; one that no registry has as `0x…`, to be treated as INTERNAL_ERROR (§7). */
export const errorName = (code: number): string => errorNames(code) ?? hex(code);
/** The name of a setting, or `0x…`. */
export const settingName = (id: number): string => settingNames(id) ?? hex(id);
/** The name of a frame type, or undefined for one that is to be ignored. */
export const frameTypeName = (type: number): FrameTypeName | undefined =>
  typeNames(type) as FrameTypeName | undefined;

const hex = (value: number) => `0x${value.toString(16).padStart(2, '0')}`;
