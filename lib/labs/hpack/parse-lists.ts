import type { HeaderField, Indexing } from '@/lib/protocols/hpack';
import type { MessageRef } from '@/lib/text/text';

/** A field and what its sender asks for: `incremental` leaves the choice to the encoder. */
export type MarkedField = HeaderField & { indexing: Indexing };

/** A header list, and the table limit that the two ends agree on before it, if it changes. */
export type HeaderList = { fields: readonly MarkedField[]; tableLimit?: number };

export const MAX_LISTS = 12;
export const MAX_FIELDS = 40;
export const MAX_TABLE = 4096;

/** A line that is no field; `text` says what was expected. */
export type ListProblem = { line: number; text: MessageRef };

/**
 * Lists as people write them: a line a field, an empty line between lists. `!` in front of a name: never indexed.
 * `~`: not indexed this time. A line `@table 256`: SETTINGS_HEADER_TABLE_SIZE from this list on.
 */
export function parseLists(text: string): { lists: HeaderList[]; problem?: ListProblem } {
  const lists: { fields: MarkedField[]; tableLimit?: number }[] = [];
  let current: (typeof lists)[number] | undefined;
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const problem = (key: string): ReturnType<typeof parseLists> => {
      return {
        lists,
        problem: { line: i + 1, text: { key: `lists.${key}`, values: { line: i + 1, max: MAX_TABLE } } },
      };
    };
    if (line === '') {
      current = undefined;
      continue;
    }
    if (!current) {
      if (lists.length === MAX_LISTS) return problem('tooMany');
      lists.push((current = { fields: [] }));
    }
    if (line.startsWith('@')) {
      const limit = /^@table (\d{1,4})$/.exec(line)?.[1];
      if (limit === undefined || Number(limit) > MAX_TABLE || current.fields.length > 0)
        return problem('table');
      current.tableLimit = Number(limit);
      continue;
    }
    if (current.fields.length === MAX_FIELDS) return problem('tooLong');
    const match = /^([!~]?)(:?[^\s:][^:]*?):\s*(.*)$/.exec(line);
    if (!match) return problem('noField');
    const [, mark, name = '', value = ''] = match;
    current.fields.push({
      name: toOctetText(name),
      value: toOctetText(value),
      ...(mark === '!' ? { sensitive: true } : {}),
      indexing: mark === '!' ? 'never' : mark === '~' ? 'without' : 'incremental',
    });
  }
  return { lists };
}

/** Lists as parseLists reads them. */
export function writeLists(lists: readonly HeaderList[]): string {
  const marks = { incremental: '', without: '~', never: '!' };
  return lists
    .map(({ fields, tableLimit }) => {
      const lines = fields.map(
        ({ name, value, indexing }) => `${marks[indexing]}${shown(name)}: ${shown(value)}`,
      );
      return (tableLimit === undefined ? lines : [`@table ${tableLimit}`, ...lines]).join('\n');
    })
    .join('\n\n');
}

/** Text to one character an octet of its UTF-8, as a field holds it. */
export function toOctetText(text: string): string {
  let octets = '';
  for (const octet of new TextEncoder().encode(text)) octets += String.fromCharCode(octet);
  return octets;
}

/** A field's octets as text again; what is no UTF-8 as it comes. */
export function shown(octets: string): string {
  return new TextDecoder().decode(Uint8Array.from(octets, (character) => character.charCodeAt(0)));
}
