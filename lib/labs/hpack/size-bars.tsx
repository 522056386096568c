import { useText } from '@/lib/text';
import type { HpackResult } from './run';
import { ways } from './sizes';

type Props = { result: HpackResult; current: number };

const ROW = 34;

/** The chosen block and the whole sequence, each in four ways. */
export function SizeBars({ result, current }: Props) {
  const t = useText();
  const block = result.blocks[current]?.sizes;
  const parts = [
    ...(block && block.http1 > 0 ? [{ id: 'block', sizes: block }] : []),
    { id: 'total', sizes: result.total },
  ];
  return (
    <div className="hpack-sizes">
      {parts.map(({ id, sizes }) => {
        const largest = Math.max(1, ...ways.map((way) => sizes[way]));
        const title = t(`sizes.${id}`, { block: current + 1, count: result.blocks.length });
        return (
          <figure key={id}>
            <figcaption>{title}</figcaption>
            <svg
              role="img"
              aria-label={`${title}: ${ways.map((way) => labelOf(way, sizes[way])).join(', ')}`}
              width="100%"
              height={ways.length * ROW}
            >
              {ways.map((way, i) => (
                <g key={way}>
                  <text x="0" y={i * ROW + 13} className="hpack-bar-label">
                    {labelOf(way, sizes[way])}
                  </text>
                  <rect
                    x="0"
                    y={i * ROW + 18}
                    height="9"
                    width={`${(100 * sizes[way]) / largest}%`}
                    data-way={way}
                    className="hpack-bar"
                  />
                </g>
              ))}
            </svg>
          </figure>
        );
      })}
    </div>
  );

  function labelOf(way: (typeof ways)[number], octets: number): string {
    return t('sizes.bar', { way: t(`sizes.ways.${way}`), octets });
  }
}
