import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fromHex } from '@/lib/bytes';
import type { HeaderField } from '.';

// Published vectors, read where they lie and never copied; absent, the tests say so and are skipped.
const folder = new URL('../../../../shared/vectors/hpack/', import.meta.url);
export const isAbsent = !existsSync(folder);

type Pair = [name: string, value: string];
export type AppendixBlock = {
  section: string;
  wire: string;
  headers: Pair[];
  dynamicTable: { index: number; size: number; name: string; value: string }[];
  tableSize: number;
};
type AppendixC = {
  integers: { section: string; value: number; prefix: number; hex: string }[];
  single: AppendixBlock[];
  series: { section: string; headerTableSize: number; huffman: boolean; cases: AppendixBlock[] }[];
};
type StaticTable = { entries: { index: number; name: string; value: string }[] };
type HuffmanCode = { codes: { symbol: number; bits: string; length: number }[] };
type Stories = {
  headers: Record<string, Pair[][]>;
  encoders: Record<string, Record<string, [wire: string, tableSize?: number][]>>;
};

const read = (file: string) => readFileSync(new URL(file, folder));
const parse = (file: string): unknown => JSON.parse(read(file).toString());

export const readAppendixC = () => parse('rfc7541-appendix-c.json') as AppendixC;
export const readStaticTable = () => (parse('rfc7541-static-table.json') as StaticTable).entries;
export const readHuffmanCode = () => (parse('rfc7541-huffman-code.json') as HuffmanCode).codes;

export const fieldsOf = (pairs: readonly Pair[]): HeaderField[] =>
  pairs.map(([name, value]) => ({ name, value }));
export const pairsOf = (fields: readonly HeaderField[]): Pair[] =>
  fields.map(({ name, value }) => [name, value]);

/** Sequences of header lists, and what other encoders made of each. */
export function readStories(): {
  id: string;
  lists: HeaderField[][];
  blocks: { encoder: string; wires: { block: Uint8Array; tableSize?: number | undefined }[] }[];
}[] {
  const { headers, encoders } = JSON.parse(gunzipSync(read('stories.json.gz')).toString()) as Stories;
  return Object.entries(headers).map(([id, lists]) => ({
    id,
    lists: lists.map(fieldsOf),
    blocks: Object.entries(encoders).map(([encoder, stories]) => ({
      encoder,
      wires: (stories[id] ?? []).map(([wire, tableSize]) => ({ block: fromHex(wire), tableSize })),
    })),
  }));
}
