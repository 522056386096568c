import type { Span } from '@/lib/bytes';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { bitsOf, groupedBits, hexOf } from './bits';
import { OctetInput } from './octet-input';

export type FieldDetailProps = {
  bytes: Uint8Array;
  span: Span | undefined;
  path: readonly Span[];
  onChangeBit?: ((bit: number, value: 0 | 1) => void) | undefined;
  onChangeOctet?: ((octet: number, value: number) => void) | undefined;
};

/** Up to this many bits are drawn one by one. */
const BIT_LIMIT = 64;
/** Up to this many octets can be typed over. */
const OCTET_LIMIT = 8;

/** All about one field: where, which bits, what they mean, who says so. Holds its height while empty. */
export function FieldDetail({ bytes, span, path, onChangeBit, onChangeOctet }: FieldDetailProps) {
  const t = useText();
  if (!span) {
    return <p className="m-0 text-sm text-ink-soft italic">{t('visualiser.octetGrid.choose')}</p>;
  }
  const { start, end } = span;
  const octets = start % 8 === 0 && end % 8 === 0 ? (end - start) / 8 : undefined;
  const bits = bitsOf(bytes, start, Math.min(end, start + BIT_LIMIT));
  return (
    <div className="text-sm">
      {path.length > 0 ? (
        <p className="m-0 text-xs text-ink-soft">{path.map((outer) => outer.name).join(' › ')}</p>
      ) : null}
      <p className="m-0 text-base leading-snug font-semibold">{span.name}</p>
      <p className="m-0 font-mono break-all text-(--hue) tabular-nums">{span.value}</p>
      {span.note ? <p className="m-0 mt-1 leading-snug">{span.note}</p> : null}
      <dl className="m-0 mt-2 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-xs [&_dd]:m-0 [&_dd]:min-w-0 [&_dd]:font-mono [&_dd]:break-words [&_dt]:text-ink-soft">
        <dt>{t('visualiser.octetGrid.where')}</dt>
        <dd>
          {t(octets === undefined ? 'visualiser.octetGrid.whereBits' : 'visualiser.octetGrid.whereOctets', {
            octet: Math.floor(start / 8),
            bit: start % 8,
            bits: end - start,
            octets: octets ?? 0,
          })}
        </dd>
        <dt>{t('visualiser.octetGrid.bits')}</dt>
        <dd>
          {onChangeBit && end - start <= BIT_LIMIT ? (
            <span className="flex flex-wrap">
              {Array.from(bits, (bit, index) => (
                <button
                  key={index}
                  type="button"
                  aria-pressed={bit === '1'}
                  aria-label={t('visualiser.octetGrid.bit', { bit: start + index, value: bit })}
                  className={classNames(
                    'min-h-7 min-w-6 border border-rule-strong pointer-coarse:min-h-11 pointer-coarse:min-w-8',
                    bit === '1' ? 'bg-(--hue) text-paper' : 'text-ink hover:bg-paper-sunk',
                    index % 4 === 3 && 'mr-1.5',
                  )}
                  onClick={() => onChangeBit(start + index, bit === '1' ? 0 : 1)}
                >
                  {bit}
                </button>
              ))}
            </span>
          ) : (
            groupedBits(bits) + (end - start > BIT_LIMIT ? ' …' : '')
          )}
        </dd>
        <dt>{t('visualiser.octetGrid.hex')}</dt>
        <dd>
          {onChangeOctet && octets !== undefined && octets <= OCTET_LIMIT ? (
            <span className="flex flex-wrap gap-1">
              {Array.from(bytes.subarray(start / 8, end / 8), (octet, index) => (
                <OctetInput
                  key={index}
                  label={t('visualiser.octetGrid.octet', { octet: start / 8 + index })}
                  value={octet}
                  onChange={(value) => onChangeOctet(start / 8 + index, value)}
                />
              ))}
            </span>
          ) : (
            hexOf(bytes, start, end, 24)
          )}
        </dd>
        {span.ref ? (
          <>
            <dt>{t('visualiser.octetGrid.ref')}</dt>
            <dd>{span.ref}</dd>
          </>
        ) : null}
      </dl>
    </div>
  );
}
