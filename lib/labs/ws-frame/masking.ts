import type { FrameFacts } from './fields';

/** One octet of a payload on its way: `plain` XOR `key` is `wire`. */
export type MaskedOctet = { index: number; at: number; plain: number; key: number; wire: number };

/** So many octets are drawn one by one. */
const DRAWN = 24;

/** The beginning of the first masked payload, octet by octet. */
export function maskingOf(frames: readonly FrameFacts[], octets: Uint8Array): MaskedOctet[] {
  const frame = frames.find(({ key, length = 0 }) => key && length > 0);
  if (!frame?.key || frame.payloadStart === undefined) return [];
  const { key: keyOctets, payloadStart } = frame;
  const wire = octets.subarray(payloadStart, payloadStart + Math.min(frame.length ?? 0, DRAWN));
  return Array.from(wire, (octet, index) => {
    const key = keyOctets[index % 4] ?? 0;
    return { index, at: payloadStart + index, plain: octet ^ key, key, wire: octet };
  });
}

/** A visible ASCII character, or nothing. */
export function characterOf(octet: number): string {
  return octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : octet === 0x20 ? '␠' : '';
}
