import { encodeRepresentation, HpackEncoder, type HeaderField, type HuffmanUse } from '@/lib/protocols/hpack';

/** Octets of one header list, written in four ways. */
export type Sizes = { http1: number; literals: number; static: number; full: number };

export const ways = ['http1', 'literals', 'static', 'full'] as const;

/** `full` is the block's own length; the static table alone is an encoder whose dynamic table holds nothing. */
export function sizesOf(fields: readonly HeaderField[], full: number, huffman: HuffmanUse): Sizes {
  return {
    http1: http1Length(fields),
    literals: fields.reduce((sum, { name, value }) => {
      const literal = { kind: 'literal', indexing: 'without', nameIndex: 0, name, value } as const;
      return sum + encodeRepresentation(literal, huffman).length;
    }, 0),
    static: new HpackEncoder({ maxTableSize: 0, huffman }).encode(fields).length,
    full,
  };
}

/**
 * The head that HTTP/1.1 would send (RFC 9112 §2.1): request or status line, Host for :authority, a line a field,
 * an empty line.
 */
function http1Length(fields: readonly HeaderField[]): number {
  const valueOf = (name: string) => fields.find((field) => field.name === name)?.value;
  const status = valueOf(':status');
  const first =
    status === undefined
      ? `${valueOf(':method') ?? 'GET'} ${valueOf(':path') ?? '/'} HTTP/1.1`
      : `HTTP/1.1 ${status} `;
  const lines = fields
    .filter(({ name }) => !name.startsWith(':') || name === ':authority')
    .map(({ name, value }) => `${name === ':authority' ? 'host' : name}: ${value}`);
  return [first, ...lines, ''].reduce((sum, line) => sum + line.length + 2, 0);
}
