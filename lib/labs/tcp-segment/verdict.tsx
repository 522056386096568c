import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import { repairChecksum } from './compose';
import { hex16 } from './reading';
import type { SegmentResult } from './run';

type Props = { result: SegmentResult; setOctets(octets: string): void };

/** Whose connection it is, whether it can be read, whether the checksum holds, and what was changed. */
export function Verdict({ result, setOctets }: Props) {
  const t = useText();
  const { segment, addresses, checksum, problem, addressProblem, comparison } = result;
  const holds = checksum?.computed === checksum?.seen;
  return (
    <div className="lab-verdict">
      {segment && addresses && (
        <p className="tcp-segment-tuple">
          <span className="tcp-segment-mark">{t('verdict.tuple')}</span>{' '}
          <span className="font-mono">
            {t('verdict.between', {
              source: endOf(addresses.source, segment.sourcePort),
              destination: endOf(addresses.destination, segment.destinationPort),
            })}
          </span>
        </p>
      )}
      <div role="status">
        {[problem, addressProblem].map(
          (one) =>
            one && (
              <p key={one.code} className="lab-fails">
                <span className="font-mono">
                  {t('verdict.problem', { code: one.code, offset: one.offset })}
                </span>{' '}
                {t(one.text)}
              </p>
            ),
        )}
        {checksum && (
          <p className={holds ? 'lab-holds' : 'lab-fails'}>
            {t(holds ? 'verdict.holds' : 'verdict.fails', {
              seen: hex16(checksum.seen),
              computed: hex16(checksum.computed),
            })}
          </p>
        )}
        {comparison && comparison.flipped.length > 0 && (
          <p>
            {t('verdict.differs', {
              count: comparison.flipped.length,
              name: t(`recordings.${comparison.recording}.name`),
            })}
          </p>
        )}
      </div>
      {comparison && comparison.flipped.length > 0 && (
        <ul className="tcp-segment-flips">
          {comparison.flipped.map((bit) => (
            <li key={bit}>{flipText(bit)}</li>
          ))}
        </ul>
      )}
      {checksum && !holds && (
        <Button onClick={() => setOctets(repairChecksum(result))}>{t('verdict.repair')}</Button>
      )}
    </div>
  );

  function flipText(bit: number): string {
    const field = result.fields.find(({ start, end }) => bit >= start && bit < end);
    const values = { octet: bit >> 3, bit: bit & 7, column: bit % 16 };
    return field
      ? t('verdict.flip', { ...values, field: t(`fields.${field.id}`) })
      : t('verdict.flipUnread', values);
  }
}

/** RFC 3986 §3.2.2: an IPv6 address before a port stands in brackets. */
const endOf = (address: string, port: number) =>
  `${address.includes(':') ? `[${address}]` : address}:${String(port)}`;
