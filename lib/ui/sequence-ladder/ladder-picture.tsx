import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { hueClass, type Layer } from '../layer';
import { digitsOfStep, formatNumber } from '../number-format';
import type { LadderLayout } from './ladder-layout';
import type { MessageTone, SequenceLadderProps } from './props';

/** Dashes by fate, so that it is seen without colour. */
const dashes: Record<MessageTone, string | undefined> = {
  normal: undefined,
  lost: '5 4',
  duplicate: '1 4',
  retransmission: '11 4 2 4',
};

const percent = (share: number) => `${Number((share * 100).toFixed(3))}%`;

const MAX_STRANDS = 64;
const STRAND_PITCH = 1.6;
/** Units of the picture's width, for paths, which know no percent. */
const ACROSS = 1000;

/**
 * Packets that leave and arrive in the same instant: lines that part between the ends, so that their number is
 * seen and both times stay exact.
 */
function Strands(props: {
  count: number;
  x0: number;
  y0: number;
  endX: number;
  endY: number;
  /** Of the whole picture. */
  height: number;
}) {
  const { x0, y0, endX, endY, height } = props;
  const count = Math.min(props.count, MAX_STRANDS);
  if (count < 2) return null;
  const middleX = ((x0 + endX) / 2) * ACROSS;
  const path = Array.from({ length: count }, (_, i) => {
    const middleY = (y0 + endY) / 2 + (i - (count - 1) / 2) * STRAND_PITCH;
    return `M${round(x0 * ACROSS)} ${round(y0)}L${round(middleX)} ${round(middleY)}L${round(endX * ACROSS)} ${round(endY)}`;
  }).join('');
  // Stretched across, so that one path may speak of shares of the width as lines do in percent.
  return (
    <svg width="100%" height={height} viewBox={`0 0 ${ACROSS} ${height}`} preserveAspectRatio="none">
      <path d={path} vectorEffect="non-scaling-stroke" className="fill-none stroke-(--hue) stroke-[0.9]" />
    </svg>
  );
}

const round = (value: number) => Number(value.toFixed(1));

/** The lines of a ladder. Decoration: the buttons over it and the list below say the same in words. */
export function LadderPicture(
  props: Pick<SequenceLadderProps, 'actors' | 'spans' | 'nowMs'> & {
    layout: LadderLayout;
    id: string;
    selected: string | null;
  },
) {
  const { layout, id, selected, actors, spans = [], nowMs } = props;
  const { scale, xOfActor, messages } = layout;
  const t = useText();
  const layers = [...new Set(messages.map((drawn) => drawn.message.layer))];
  const step = Math.abs((scale.ticks[1] ?? 1) - (scale.ticks[0] ?? 0)) || 1;
  return (
    <svg aria-hidden="true" className="absolute inset-0 overflow-visible" width="100%" height={scale.height}>
      <defs>
        {layers.map((layer) => (
          <Head key={layer} id={`${id}-${layer}`} layer={layer} />
        ))}
        <pattern
          id={`${id}-busy`}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0v4" className="stroke-ink-soft stroke-2" />
        </pattern>
      </defs>
      {scale.ticks.map((ms) => (
        <g key={ms}>
          <line x1="0" x2="100%" y1={scale.y(ms)} y2={scale.y(ms)} className="stroke-rule stroke-[0.5]" />
          <text
            x="-8"
            y={scale.y(ms)}
            dy="0.32em"
            textAnchor="end"
            className="fill-ink-soft font-mono text-xs"
          >
            {formatNumber(ms, t.locale, digitsOfStep(step))}
          </text>
        </g>
      ))}
      {actors.map((actor) => (
        <line
          key={actor.id}
          x1={percent(xOfActor.get(actor.id) ?? 0)}
          x2={percent(xOfActor.get(actor.id) ?? 0)}
          y1={-6}
          y2={scale.height + 10}
          className="stroke-rule-strong stroke-[1.5]"
        />
      ))}
      {spans.map((span) => (
        <svg
          key={span.id}
          x={percent(xOfActor.get(span.actor) ?? 0)}
          y={scale.y(span.fromMs)}
          className="overflow-visible"
        >
          <rect
            x={-6}
            width={12}
            height={Math.max(2, scale.y(span.toMs) - scale.y(span.fromMs))}
            className={classNames('stroke-(--hue) stroke-1', hueClass[span.layer])}
            fill={`url(#${id}-busy)`}
          />
        </svg>
      ))}
      {scale.gaps.map((gap) => (
        <g key={gap.fromMs}>
          <rect x="0" width="100%" y={gap.y + 6} height={gap.height - 12} className="fill-paper" />
          <line
            x1="0"
            x2="100%"
            y1={gap.y + 6}
            y2={gap.y + 6}
            className="stroke-rule-strong [stroke-dasharray:2_4]"
          />
          <line
            x1="0"
            x2="100%"
            y1={gap.y + gap.height - 6}
            y2={gap.y + gap.height - 6}
            className="stroke-rule-strong [stroke-dasharray:2_4]"
          />
          <text
            x="50%"
            y={gap.y + gap.height / 2}
            dy="0.32em"
            textAnchor="middle"
            className="fill-ink-soft font-mono text-xs"
          >
            {t('visualiser.ladder.gap', {
              value: durationText(gap.toMs - gap.fromMs, t.locale, gap.toMs - gap.fromMs < 1000 ? 0 : 1),
            })}
          </text>
        </g>
      ))}
      {messages.map(({ message, x0, y0, x1, y1, progress, lost }) => {
        if (progress <= 0) return null;
        const endX = x0 + (x1 - x0) * progress;
        const endY = y0 + (y1 - y0) * progress;
        const tone = message.tone ?? (lost ? 'lost' : 'normal');
        return (
          <g key={message.id} className={hueClass[message.layer]}>
            <Strands count={message.strands ?? 1} {...{ x0, y0, endX, endY }} height={scale.height} />
            <line
              x1={percent(x0)}
              y1={y0}
              x2={percent(endX)}
              y2={endY}
              strokeDasharray={dashes[tone]}
              markerEnd={lost || progress < 1 ? undefined : `url(#${id}-${message.layer})`}
              className={classNames('stroke-(--hue)', message.id === selected ? 'stroke-3' : 'stroke-[1.75]')}
            />
            {progress < 1 ? <circle cx={percent(endX)} cy={endY} r={4} className="fill-(--hue)" /> : null}
            {lost && progress >= 1 ? (
              <svg x={percent(endX)} y={endY} className="overflow-visible">
                <path d="M-6-6L6 6M6-6L-6 6" className="stroke-bad stroke-[2.5]" strokeLinecap="round" />
              </svg>
            ) : null}
          </g>
        );
      })}
      {nowMs !== undefined && scale.y(nowMs) <= scale.height + 1 ? (
        <line
          x1="0"
          x2="100%"
          y1={scale.y(nowMs)}
          y2={scale.y(nowMs)}
          className="stroke-accent stroke-[1.5]"
        />
      ) : null}
    </svg>
  );
}

function Head({ id, layer }: { id: string; layer: Layer }) {
  return (
    <marker
      id={id}
      viewBox="0 0 10 10"
      refX="10"
      refY="5"
      markerWidth="11"
      markerHeight="11"
      markerUnits="userSpaceOnUse"
      orient="auto"
    >
      <path d="M0 0.8L10 5 0 9.2z" className={classNames('fill-(--hue)', hueClass[layer])} />
    </marker>
  );
}

/** Milliseconds, or seconds from one second on. */
export function durationText(ms: number, locale: string, digits = 2): string {
  return ms >= 1000
    ? `${formatNumber(ms / 1000, locale, digits)} s`
    : `${formatNumber(ms, locale, digits)} ms`;
}
