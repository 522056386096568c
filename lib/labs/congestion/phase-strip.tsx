import { useId } from 'react';
import { useText } from '@/lib/text';
import { Sign } from '@/lib/ui/controls';
import { hueOf } from '@/lib/ui/layer';
import type { CongestionResult, FlowResult, PhaseSpan } from './run';

const ROW = 20;
const BAR = 12;
const WIDTH = 1000;

/** The four looks: climbing, holding, repairing, looking at the empty path. BBR's phases share them. */
const LOOKS = ['climb', 'hold', 'repair', 'probe'] as const;
type Look = (typeof LOOKS)[number];

const lookOf: Record<PhaseSpan['phase'], Look> = {
  'slow-start': 'climb',
  startup: 'climb',
  'congestion-avoidance': 'hold',
  'probe-bw': 'hold',
  'fast-recovery': 'repair',
  drain: 'probe',
  'probe-rtt': 'probe',
};

/** What each sender was doing, a row a flow, on the charts' time axis; a cross where its timer ran out. */
export function PhaseStrip({ result, nowMs }: { result: CongestionResult; nowMs: number }) {
  const t = useText();
  const id = useId();
  const { flows, endMs } = result;
  const height = flows.length * ROW;
  return (
    <figure className="congestion-phases">
      <figcaption>{t('phases.title')}</figcaption>
      <div className="congestion-plot">
        {flows.map((flow, i) => (
          <span
            key={flow.letter}
            aria-hidden="true"
            className={`congestion-phase-letter ${hueOf(i)}`}
            style={{ top: `${i * ROW}px` }}
          >
            {flow.letter}
          </span>
        ))}
        <svg
          role="img"
          aria-label={t('phases.label')}
          viewBox={`0 0 ${WIDTH} ${height}`}
          preserveAspectRatio="none"
          width="100%"
          height={height}
        >
          <defs>
            <pattern id={`${id}h`} width="6" height="6" patternUnits="userSpaceOnUse">
              <path d="M0 3h6" className="stroke-paper stroke-2" />
            </pattern>
            <pattern id={`${id}v`} width="4" height="6" patternUnits="userSpaceOnUse">
              <path d="M2 0v6" className="stroke-paper stroke-2" />
            </pattern>
          </defs>
          {flows.map((flow, i) => (
            <FlowRow key={flow.letter} {...{ flow, i, id, endMs, nowMs }} />
          ))}
        </svg>
        {flows.map((flow, i) => (
          <Timeouts key={flow.letter} {...{ flow, i, endMs, nowMs }} />
        ))}
      </div>
      <ul className="congestion-legend" aria-hidden="true">
        {LOOKS.map((look) => (
          <li key={look}>
            <svg width="26" height={BAR} className={hueOf(0)}>
              <Bar d={`M0 0h26v${BAR}h-26z`} look={look} id={id} />
            </svg>
            {t(`phases.${look}`)}
          </li>
        ))}
        <li>
          <Sign of="cross" className="congestion-rto-key" />
          {t('phases.rto')}
        </li>
      </ul>
    </figure>
  );
}

function FlowRow(props: { flow: FlowResult; i: number; id: string; endMs: number; nowMs: number }) {
  const { flow, i, id, endMs, nowMs } = props;
  const scale = WIDTH / (endMs || 1);
  const paths: Record<Look, string> = { climb: '', hold: '', repair: '', probe: '' };
  const y = i * ROW + (ROW - BAR) / 2;
  for (const { phase, fromMs, toMs } of flow.phases) {
    if (fromMs > nowMs) break;
    const x = Math.round(fromMs * scale * 10) / 10;
    const width = Math.max(1, Math.round((Math.min(toMs, nowMs) - fromMs) * scale * 10) / 10);
    paths[lookOf[phase]] += `M${x} ${y}h${width}v${BAR}h${-width}z`;
  }
  return (
    <g className={hueOf(i)}>
      {LOOKS.map((look) => (
        <Bar key={look} d={paths[look]} look={look} id={id} />
      ))}
    </g>
  );
}

/** Solid is repair, rungs are climbing, a pale ground is holding, bars are a look at the empty path. */
function Bar({ d, look, id }: { d: string; look: Look; id: string }) {
  if (look === 'hold')
    return (
      <path
        d={d}
        className="fill-(--hue-soft) stroke-(--hue) stroke-[0.5]"
        vectorEffect="non-scaling-stroke"
      />
    );
  return (
    <>
      <path d={d} className="fill-(--hue)" />
      {look === 'climb' ? <path d={d} fill={`url(#${id}h)`} /> : null}
      {look === 'probe' ? <path d={d} fill={`url(#${id}v)`} /> : null}
    </>
  );
}

function Timeouts({ flow, i, endMs, nowMs }: { flow: FlowResult; i: number; endMs: number; nowMs: number }) {
  return flow.turns
    .filter(({ type, timeMs }) => type === 'rto' && timeMs <= nowMs)
    .map(({ timeMs }) => (
      <span
        key={timeMs}
        aria-hidden="true"
        className="congestion-rto"
        style={{ left: `${(timeMs / (endMs || 1)) * 100}%`, top: `${i * ROW}px` }}
      >
        <Sign of="cross" />
      </span>
    ));
}
