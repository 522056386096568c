import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { QPACK_STATIC_TABLE, QpackDecoder, QpackEncoder } from '.';

// qifs of the QPACK interop, read where they lie and never copied; absent, the tests say so and are skipped.
const folder = new URL('../../../../shared/vectors/quic/qpack/', import.meta.url);
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn('skipped: ../shared/vectors/quic/qpack is not here');

type Field = { name: string; value: string };

/** Lists of a .qif file: a field a line, lists apart by empty lines, comments after #. */
function readQif(name: string): Field[][] {
  const text = readFileSync(new URL(`qifs/${name}.qif`, folder), 'latin1');
  return text
    .split(/\n\n+/)
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
    .filter((lines) => lines.length > 0)
    .map((lines) =>
      lines.map((line) => {
        const at = line.indexOf('\t');
        return at < 0 ? { name: line, value: '' } : { name: line.slice(0, at), value: line.slice(at + 1) };
      }),
    );
}

test.skipIf(isAbsent)("the static table is the RFC's (RFC 9204 Appendix A)", () => {
  const text = readFileSync(new URL('rfc9204-static-table.json', folder), 'utf8');
  const { entries } = JSON.parse(text) as { entries: (Field & { index: number })[] };
  expect(QPACK_STATIC_TABLE).toHaveLength(99);
  for (const { index, name, value } of entries) expect(QPACK_STATIC_TABLE[index]).toEqual({ name, value });
});

const encoded = isAbsent
  ? []
  : readdirSync(new URL('encoded/', folder)).flatMap((encoder) =>
      readdirSync(new URL(`encoded/${encoder}/`, folder)).map((file) => `encoded/${encoder}/${file}`),
    );

test.skipIf(isAbsent).each(encoded)('%s gives its lists', (path) => {
  const [, file = '', table, blocked] = /([^/]+)\.out\.(\d+)\.(\d+)\.\d+$/.exec(path) ?? [];
  const capacity = Number(table);
  const decoder = new QpackDecoder({
    maxTableCapacity: capacity,
    initialCapacity: capacity,
    maxBlockedStreams: Number(blocked),
    maxHeaderListSize: 1_000_000,
  });
  const octets = new Uint8Array(readFileSync(new URL(path, folder)));
  const view = new DataView(octets.buffer);
  const lists = new Map<number, Field[]>();
  for (let at = 0; at < octets.length;) {
    const streamId = Number(view.getBigUint64(at));
    const length = view.getUint32(at + 8);
    const record = octets.subarray(at + 12, at + 12 + length);
    at += 12 + length;
    if (streamId === 0) {
      for (const { streamId: id, fields } of decoder.pushEncoderStream(record)) lists.set(id, fields);
    } else {
      const fields = decoder.decodeFieldSection(streamId, record);
      if (fields) lists.set(streamId, fields);
    }
  }
  expect(decoder.blockedStreams).toEqual([]);
  const sorted = [...lists]
    .sort(([a], [b]) => a - b)
    .map(([, fields]) => fields.map(({ name, value }) => ({ name, value })));
  expect(sorted).toEqual(readQif(file));
});

test.skipIf(isAbsent).each([
  [0, 0],
  [256, 0],
  [256, 100],
  [4096, 0],
  [4096, 100],
])(
  'our encoder writes what our decoder reads: table %i, blocked %i',
  (maxTableCapacity, maxBlockedStreams) => {
    for (const name of ['fb-req', 'fb-resp', 'netbsd']) {
      const encoder = new QpackEncoder({ maxTableCapacity, maxBlockedStreams });
      const decoder = new QpackDecoder({ maxTableCapacity, maxBlockedStreams, maxHeaderListSize: 1_000_000 });
      let [plain, sent] = [0, 0];
      for (const [index, fields] of readQif(name).entries()) {
        const { section, encoderStream } = encoder.encodeFieldSection(index * 4, fields);
        sent += section.length + encoderStream.length;
        plain += fields.reduce((sum, field) => sum + field.name.length + field.value.length, 0);
        // The section first, when it may wait for its insertions.
        const early = maxBlockedStreams > 0 ? decoder.decodeFieldSection(index * 4, section) : undefined;
        const late = decoder.pushEncoderStream(encoderStream)[0]?.fields;
        const read = early ?? late ?? decoder.decodeFieldSection(index * 4, section);
        expect(read).toEqual(fields);
        encoder.pushDecoderStream(decoder.takeDecoderStream());
        expect(encoder.table).toEqual(decoder.table);
      }
      console.log(`${name} ${maxTableCapacity}/${maxBlockedStreams}: ${((100 * sent) / plain).toFixed(1)} %`);
    }
  },
);
