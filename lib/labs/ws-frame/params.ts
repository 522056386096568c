import { choice, flag, integer, params, text, type ParamsOf } from '../params';

/** The longest pasted octets, and the longest payload that is given in hex, in octets. */
export const MAX_PASTED = 320;
export const MAX_GIVEN = 256;
/** Long enough for the third form of the length, which begins at 65,536. */
export const MAX_LENGTH = 70_000;

/** RFC 6455 §5.7: "Hello" from a client. */
export const HELLO = { payload: '48656c6c6f', length: 5, key: '37fa213d' } as const;

export const schema = params({
  /** Who sends; the other end reads, and judges by its role. */
  from: choice(['client', 'server']),
  /** Composed of the fields below, or taken from `octets` as they are. */
  source: choice(['fields', 'octets']),
  opcode: integer({ min: 0, max: 15, default: 1 }),
  /** In hex; said again and again, or cut, until there are `length` octets. */
  payload: text({ maxLength: 2 * MAX_GIVEN, default: HELLO.payload }),
  length: integer({ min: 0, max: MAX_LENGTH, default: HELLO.length }),
  fin: flag(true),
  rsv1: flag(false),
  rsv2: flag(false),
  rsv3: flag(false),
  masked: flag(true),
  /** Four octets in hex. */
  key: text({ maxLength: 8, default: HELLO.key }),
  /** How the length is written: the shortest way is the only one allowed. */
  lengthForm: choice(['shortest', '16', '64']),
  /** One frame or several, in hex. */
  octets: text({ maxLength: 2 * MAX_PASTED, default: '' }),
});

export type WsFrameParams = ParamsOf<typeof schema>;
