import { toHex } from '@/lib/bytes';
import { FIRST_DYNAMIC_INDEX } from '@/lib/protocols/hpack';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import { shown } from './parse-lists';
import type { HpackResult, Moment } from './run';

type Props = { result: HpackResult; moment: Moment; setAt(step: number): void };

/** How many octets of one representation are written out. */
const WRITTEN = 4;

/** The signs stand for the five representations; colour only repeats them. */
export const signs = {
  indexed: '#',
  incremental: '+',
  without: '~',
  never: '!',
  'size-update': '@',
  problem: '×',
};

/** The blocks to choose from, and the chosen one: a box for each representation, with its octets. */
export function BlockStrip({ result, moment, setAt }: Props) {
  const t = useText();
  const { blocks, moments } = result;
  const current = blocks[moment.block];
  const own = moments.map((one, step) => ({ one, step })).filter(({ one }) => one.block === moment.block);
  return (
    <div role="group" aria-label={t('picture.block')}>
      <div role="group" aria-label={t('picture.blocks')} className="hpack-blocks">
        {blocks.map((block, i) => (
          <Button
            key={i}
            tone={i === moment.block ? 'primary' : 'quiet'}
            aria-pressed={i === moment.block}
            onClick={() => setAt(moments.findLastIndex((one) => one.block === i))}
          >
            {t('picture.blockName', { block: i + 1, octets: block.octets.length })}
          </Button>
        ))}
      </div>
      <p className="hpack-size">
        {t('picture.blockSize', {
          block: moment.block + 1,
          octets: current?.octets.length ?? 0,
          fields: (current?.sent.length || current?.received?.length) ?? 0,
          http1: current?.sizes.http1 ?? 0,
          compared: current && current.sizes.http1 > 0 ? 'yes' : 'no',
        })}
      </p>
      <ol className="hpack-strip">
        {own.map(({ one, step }) => (
          <li key={step}>
            <button
              type="button"
              className="hpack-chip"
              data-kind={one.kind}
              aria-pressed={one === moment}
              aria-label={labelOf(one)}
              onClick={() => setAt(step)}
            >
              <span className="hpack-chip-octets">{octetsOf(one)}</span>
              <span className="hpack-chip-name">
                <span aria-hidden="true">
                  {signs[one.kind]}
                  {one.kind === 'indexed' ? one.index : ''}
                </span>{' '}
                {one.field ? shown(one.field.name) : t(`kinds.${one.kind}`)}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );

  function octetsOf({ start, end }: Moment): string {
    const octets = current?.octets.subarray(start, end) ?? new Uint8Array();
    const more = octets.length - WRITTEN;
    return toHex(octets.subarray(0, WRITTEN), ' ') + (more > 0 ? ` +${String(more)}` : '');
  }

  function labelOf(one: Moment): string {
    return t('picture.chip', {
      octets: octetsOf(one),
      kind: t(`kinds.${one.kind}`),
      field: one.field ? `${shown(one.field.name)}: ${shown(one.field.value)}` : '',
      row: one.index >= FIRST_DYNAMIC_INDEX ? one.index : 0,
    });
  }
}
