import { useText } from '@/lib/text';
import type { ChecksumRow } from './checksum-sum';
import { hex16 } from './reading';
import type { SegmentResult } from './run';

/** The sum, word by word: what is added, what it makes, and where a carry comes round. */
export function ChecksumPanel({ result }: { result: SegmentResult }) {
  const t = useText();
  const { checksum, fields } = result;
  if (!checksum) return <p className="lab-note">{t('checksum.unknown')}</p>;
  const { rows, computed, seen } = checksum;
  const nameOf = ({ part, octet, isField }: ChecksumRow): string => {
    if (isField) return t('checksum.field');
    if (part === 'pseudo') return t(pseudoPart(octet, rows));
    const inWord = fields.filter(({ start, end }) => start < octet * 8 + 16 && end > octet * 8);
    const first = inWord[0];
    return first ? t('checksum.fields', { name: t(`fields.${first.id}`), more: inWord.length - 1 }) : '';
  };
  return (
    <div className="tcp-segment-compose">
      <p className="lab-note">{t('checksum.lead')}</p>
      <div className="tcp-segment-scroll" role="group" tabIndex={0} aria-label={t('checksum.table')}>
        <table className="tcp-segment-sum">
          <thead>
            <tr>
              {(['part', 'octet', 'word', 'sum', 'what'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`checksum.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index} data-part={row.part}>
                <td>{rows[index - 1]?.part === row.part ? '' : t(`checksum.parts.${row.part}`)}</td>
                <td>{row.octet}</td>
                <td>{hex16(row.isField ? 0 : row.word).slice(2)}</td>
                <td>
                  {hex16(row.sum).slice(2)}
                  {row.carried && <span title={t('checksum.carried')}> {t('checksum.carry')}</span>}
                </td>
                <td>{nameOf(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={computed === seen ? 'lab-holds' : 'lab-fails'}>
        {t(computed === seen ? 'checksum.right' : 'checksum.wrong', {
          sum: hex16(rows.at(-1)?.sum ?? 0),
          computed: hex16(computed),
          seen: hex16(seen),
        })}
      </p>
    </div>
  );
}

/** Both addresses, then protocol and length, in IPv4's order or IPv6's (RFC 9293 §3.1, RFC 8200 §8.1). */
function pseudoPart(octet: number, rows: readonly ChecksumRow[]): string {
  const octets = rows.filter(({ part }) => part === 'pseudo').length * 2;
  const address = octets === 12 ? 4 : 16;
  if (octet < address) return 'checksum.pseudo.source';
  if (octet < 2 * address) return 'checksum.pseudo.destination';
  const rest = octet - 2 * address;
  if (octets === 12) return rest === 0 ? 'checksum.pseudo.protocol' : 'checksum.pseudo.length';
  return rest < 4 ? 'checksum.pseudo.length' : 'checksum.pseudo.protocol';
}
