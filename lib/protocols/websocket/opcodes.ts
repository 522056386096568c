/** What a frame is (RFC 6455 §5.2, §11.8). 3 to 7 and 11 to 15 are reserved. */
export const OPCODES = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** Names of the opcodes, as `opcodeName` gives them (RFC 6455 §11.8). */
export type OpcodeName = keyof typeof OPCODES;

const NAMES = new Map<number, OpcodeName>(
  Object.entries(OPCODES).map(([name, opcode]) => [opcode, name as OpcodeName]),
);

/** The name of a registered opcode; `undefined` for the ten that are reserved. */
export function opcodeNameOf(opcode: number): OpcodeName | undefined {
  return NAMES.get(opcode);
}

/** Control frames have the highest bit of the opcode set (§5.5). */
export function isControl(opcode: number): boolean {
  return (opcode & 0x8) !== 0;
}

/** A control frame's payload is at most this long (§5.5). */
export const MAX_CONTROL_PAYLOAD = 125;
