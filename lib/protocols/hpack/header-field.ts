/**
 * A name and a value (RFC 7541 §1.3). One character is one octet, U+0000 to U+00FF, so that any octets pass through
 * unchanged: text beyond US-ASCII is put into UTF-8 by who sends it. `sensitive`: never to be indexed, by anyone on
 * the way (§7.1.3).
 */
export type HeaderField = { name: string; value: string; sensitive?: boolean };

/** What an entry of a table costs beyond its octets: "an estimated overhead" (RFC 7541 §4.1). */
export const ENTRY_OVERHEAD = 32;

/** The size of a field in a table (RFC 7541 §4.1) and in a header list (RFC 9113 §6.5.2): octets without Huffman. */
export function fieldSize(field: HeaderField): number {
  return field.name.length + field.value.length + ENTRY_OVERHEAD;
}

/** Octets `start` to `end` (exclusive) as text, one character each. */
export function textOf(octets: Uint8Array, start = 0, end = octets.length): string {
  let text = '';
  let i = start;
  // Eight at a time: each piece joined is an object until the text is used, and they add up.
  for (; i + 8 <= end; i += 8)
    text += String.fromCharCode(
      octets[i]!,
      octets[i + 1]!,
      octets[i + 2]!,
      octets[i + 3]!,
      octets[i + 4]!,
      octets[i + 5]!,
      octets[i + 6]!,
      octets[i + 7]!,
    );
  for (; i < end; i++) text += String.fromCharCode(octets[i]!);
  return text;
}

/** Text to octets; characters above U+00FF would lose their high bits, so ask `assertOctets` first. */
export function octetsOf(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) octets[i] = text.charCodeAt(i);
  return octets;
}

/** @throws RangeError on a character above U+00FF, which is no octet */
export function assertOctets({ name, value }: HeaderField): void {
  if (NOT_OCTETS.test(name)) throw new RangeError(`${JSON.stringify(name)} is not all octets`);
  if (NOT_OCTETS.test(value)) throw new RangeError(`${JSON.stringify(value)} is not all octets`);
}

const NOT_OCTETS = /[^\0-\xff]/;
