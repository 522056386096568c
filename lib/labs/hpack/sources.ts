import { fromHex } from '@/lib/bytes';
import { decodeRepresentations, HpackDecoder } from '@/lib/protocols/hpack';
import { parseLists, type HeaderList, type ListProblem } from './parse-lists';
import { recordings, type RecordingId } from './recordings';
import type { HpackParams } from './lab';

/** The header lists that the params mean. */
export function listsOf({ source, lists, count }: HpackParams): {
  lists: readonly HeaderList[];
  problem?: ListProblem;
} {
  if (source === 'octets') return { lists: [] };
  if (source === 'own') return parseLists(lists);
  return { lists: readRecording(source).slice(0, count) };
}

/** A recording's lists with the choices that its encoder made: ours then writes the same octets. */
export function readRecording(id: RecordingId): HeaderList[] {
  const decoder = new HpackDecoder();
  return recordings[id].map((hex) => {
    const block = fromHex(hex);
    const fields = decoder.decode(block);
    const written = decodeRepresentations(block).map(({ representation }) => representation);
    return {
      fields: fields.map((field, i) => {
        const representation = written[i];
        return {
          ...field,
          indexing: representation?.kind === 'literal' ? representation.indexing : 'incremental',
        };
      }),
    };
  });
}
