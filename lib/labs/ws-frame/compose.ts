import { fromHex, HexError, toHex } from '@/lib/bytes';
import { encodeFrame, lengthFormOf, type LengthForm } from '@/lib/protocols/websocket';
import { MAX_PASTED, type WsFrameParams } from './params';

/** The octets that the params say. Never throws: what is no hex counts as nothing, and `problem` says so. */
export function composeOctets(params: WsFrameParams): { octets: Uint8Array; problem?: HexError } {
  if (params.source === 'octets') return readHex(params.octets);
  const { fin, rsv1, rsv2, rsv3, opcode, masked } = params;
  const payload = payloadOf(params);
  const asked = params.lengthForm === 'shortest' ? 7 : (Number(params.lengthForm) as LengthForm);
  const shortest = lengthFormOf(payload.length);
  const lengthForm = asked > shortest ? asked : shortest;
  const mask = masked ? keyOf(params.key) : undefined;
  return { octets: encodeFrame({ fin, rsv1, rsv2, rsv3, opcode, mask, payload }, { lengthForm }) };
}

/** The payload of the fields, before it is masked. */
export function payloadOf({ payload, length }: Pick<WsFrameParams, 'payload' | 'length'>): Uint8Array {
  const given = readHex(payload).octets;
  const octets = new Uint8Array(length);
  if (given.length > 0) {
    octets.set(given.subarray(0, length));
    for (let at = given.length; at < length; at *= 2) octets.copyWithin(at, 0, at);
  }
  return octets;
}

/** Four octets; what is missing is zero. */
export function keyOf(hex: string): Uint8Array {
  const key = new Uint8Array(4);
  key.set(readHex(hex).octets.subarray(0, 4));
  return key;
}

export function readHex(hex: string): { octets: Uint8Array; problem?: HexError } {
  try {
    return { octets: fromHex(hex) };
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    return { octets: new Uint8Array(0), problem: error };
  }
}

/** From here on the octets are the learner's own: as they are, with one bit turned over. */
export function withBit(octets: Uint8Array, bit: number, value: 0 | 1): Partial<WsFrameParams> {
  const changed = octets.slice();
  const mask = 0x80 >> (bit & 7);
  const octet = changed[bit >> 3] ?? 0;
  changed[bit >> 3] = value === 1 ? octet | mask : octet & ~mask;
  return ownOctets(changed);
}

export function withOctet(octets: Uint8Array, at: number, value: number): Partial<WsFrameParams> {
  const changed = octets.slice();
  changed[at] = value;
  return ownOctets(changed);
}

/** Octets to params; too many of them change nothing. */
export function ownOctets(octets: Uint8Array): Partial<WsFrameParams> {
  return octets.length > MAX_PASTED ? {} : { source: 'octets', octets: toHex(octets) };
}

/** The fields with another payload, at its own length. */
export function withPayload(payload: Uint8Array): Partial<WsFrameParams> {
  return { source: 'fields', payload: toHex(payload), length: payload.length };
}
