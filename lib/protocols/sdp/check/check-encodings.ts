import type { MediaDescription } from '../description';
import { quote } from '../errors';
import { isLentNumber } from '../extension-numbers';
import { readAttribute } from '../grammar/attributes';
import type { MediaReading } from '../read-media';
import { attributesOf, findLine } from '../read-media';
import { readSimulcast } from '../simulcast';
import type { Report } from './report';

/** `rid`, `simulcast`, `ssrc-group` and `extmap` within a section: what one line names, another must define. */
export function checkEncodings({ lines }: MediaDescription, reading: MediaReading, report: Report): void {
  const simulcastLine = findLine(lines, 'simulcast');
  if (
    simulcastLine &&
    readAttribute('simulcast', simulcastLine.value) &&
    !readSimulcast(simulcastLine.value)
  ) {
    report.error(
      'SDP_VALUE_MALFORMED',
      quote(`a=simulcast:${simulcastLine.value ?? ''}`),
      'a=simulcast:send <rid>[,<rid>][;…] [recv …]',
      simulcastLine,
    );
  }
  for (const way of ['send', 'recv'] as const) {
    const defined = new Set(reading.rids.filter(({ direction }) => direction === way).map(({ rid }) => rid));
    for (const { rid } of reading.simulcast?.[way].flat() ?? []) {
      if (!defined.has(rid))
        report.error('SDP_SIMULCAST_RID_UNKNOWN', `${way} ${rid}`, `a=rid:${rid} ${way}`, simulcastLine);
    }
  }
  once(
    reading.rids.map(({ rid }) => rid),
    (rid) => {
      report.error('SDP_RID_REPEATED', `a=rid:${rid} again`, 'each rid once', findLine(lines, 'rid'));
    },
  );
  once(
    reading.headerExtensions.filter(({ id }) => !isLentNumber(id)).map(({ id }) => String(id)),
    (id) => {
      report.error(
        'SDP_EXTMAP_REPEATED',
        `a=extmap:${id} again`,
        'each number once',
        attributesOf(lines, 'extmap').findLast(({ value }) => value?.startsWith(id)),
      );
    },
  );
  const sources = new Set(attributesOf(lines, 'ssrc').map(({ value }) => value?.split(' ')[0]));
  for (const line of attributesOf(lines, 'ssrc-group')) {
    const unknown = readAttribute('ssrc-group', line.value)?.ssrcs.filter((ssrc) => !sources.has(ssrc)) ?? [];
    if (unknown.length > 0)
      report.warning('SDP_SSRC_GROUP_UNKNOWN', unknown.join(' '), 'sources with an a=ssrc line', line);
  }
}

function once(values: readonly string[], onRepeat: (value: string) => void): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) onRepeat(value);
    seen.add(value);
  }
}
