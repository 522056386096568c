'use client';
import { useId, type ReactNode } from 'react';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { hueClass } from '../layer';
import { niceStep, ticksBetween } from '../nice-step';
import { formatNumber } from '../number-format';
import { FillPatterns, fillOf } from './fill-patterns';
import { layOutFlags, type Lean } from './flags';
import type { RibbonPart, RibbonRow, WindowRibbonProps } from './props';

const RIBBON_HEIGHT = 34;
const LANE_HEIGHT = 18;
const BRACKET_HEIGHT = 24;

export function WindowRibbon({ label, rows, domain, axisLabel }: WindowRibbonProps) {
  const t = useText();
  const [from, to] = domain;
  const shareOf = (value: number) => Math.min(1, Math.max(0, (value - from) / Math.max(1, to - from)));
  const number = (value: number) => formatNumber(value, t.locale, 0);
  return (
    <div role="group" aria-label={label} className="grid min-w-0 gap-4">
      {rows.map((row) => (
        <div key={row.id} className="min-w-0">
          <p className="m-0 mb-1.5 text-sm leading-tight font-semibold">{row.label}</p>
          <RibbonPicture row={row} shareOf={shareOf} number={number} />
          <RibbonKey row={row} number={number} />
        </div>
      ))}
      <Axis {...{ domain, shareOf, number, axisLabel }} />
    </div>
  );
}

type Drawn = { shareOf(value: number): number; number(value: number): string };

function RibbonPicture({ row, shareOf, number }: { row: RibbonRow } & Drawn) {
  const id = useId();
  const flags = layOutFlags(row.pointers.map(({ at }) => shareOf(at)));
  const top = flags.length * LANE_HEIGHT + 4;
  const height = top + RIBBON_HEIGHT + (row.bracket ? BRACKET_HEIGHT : 2);
  return (
    <div aria-hidden="true" className="relative" style={{ height: `${height}px` }}>
      <svg className="absolute inset-0 overflow-visible" width="100%" height={height}>
        <FillPatterns id={id} parts={row.parts} />
        {row.parts.map((part) => {
          const x = shareOf(part.from);
          const width = shareOf(part.to) - x;
          if (width <= 0) return null;
          return (
            <rect
              key={part.id}
              x={percent(x)}
              width={percent(width)}
              y={top}
              height={RIBBON_HEIGHT}
              style={{ fill: fillOf(id, part) }}
              strokeDasharray={part.fill === 'blank' ? '2 4' : undefined}
              className={classNames(hueClass[part.layer], 'stroke-(--hue) stroke-1')}
            />
          );
        })}
        {row.pointers.map((pointer, index) => (
          <line
            key={pointer.id}
            x1={percent(shareOf(pointer.at))}
            x2={percent(shareOf(pointer.at))}
            y1={(flags[index]?.lane ?? 0) * LANE_HEIGHT + 4}
            y2={top + RIBBON_HEIGHT}
            className="stroke-ink stroke-[1.5]"
          />
        ))}
        {row.bracket ? <Bracket {...{ bracket: row.bracket, y: top + RIBBON_HEIGHT + 4, shareOf }} /> : null}
      </svg>
      {row.pointers.map((pointer, index) => (
        <Flag
          key={pointer.id}
          share={shareOf(pointer.at)}
          top={(flags[index]?.lane ?? 0) * LANE_HEIGHT}
          lean={flags[index]?.lean ?? 'right'}
        >
          {pointer.label} {number(pointer.at)}
        </Flag>
      ))}
      {row.bracket ? (
        <Flag
          share={(shareOf(row.bracket.from) + shareOf(row.bracket.to)) / 2}
          top={top + RIBBON_HEIGHT + 9}
          lean="centre"
        >
          {row.bracket.label} {number(row.bracket.to - row.bracket.from)}
        </Flag>
      ) : null}
    </div>
  );
}

/** Words at a place; centred ones keep inside the picture by leaning to its middle. */
function Flag(props: { share: number; top: number; lean: Lean | 'centre'; children: ReactNode }) {
  const { share, top, lean } = props;
  const shift = lean === 'centre' ? Math.min(92, Math.max(8, share * 100)) : lean === 'left' ? 100 : 0;
  return (
    <span
      className="absolute bg-paper px-1 font-mono text-xs leading-[16px] whitespace-nowrap"
      style={{
        left: percent(share),
        top: `${top}px`,
        transform: `translateX(${-shift}%)`,
        marginLeft: lean === 'centre' ? 0 : lean === 'left' ? -3 : 3,
      }}
    >
      {props.children}
    </span>
  );
}

function Bracket(props: {
  bracket: { from: number; to: number };
  y: number;
  shareOf(value: number): number;
}) {
  const { bracket, y, shareOf } = props;
  const [x1, x2] = [percent(shareOf(bracket.from)), percent(shareOf(bracket.to))];
  return (
    <g className="stroke-ink stroke-[1.5]">
      <line x1={x1} x2={x2} y1={y} y2={y} />
      <line x1={x1} x2={x1} y1={y - 4} y2={y + 4} />
      <line x1={x2} x2={x2} y1={y - 4} y2={y + 4} />
    </g>
  );
}

/** Every part in words: its name, where it lies, how much it is. */
function RibbonKey({ row, number }: { row: RibbonRow; number(value: number): string }) {
  const t = useText();
  return (
    <ul className="m-0 grid list-none grid-cols-[repeat(auto-fill,minmax(min(100%,12.5rem),1fr))] gap-x-5 gap-y-1 p-0 pt-1 text-xs">
      {row.parts.map((part) => (
        <li
          key={part.id}
          className="m-0 grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-center gap-x-2 p-0"
        >
          <Swatch part={part} />
          <span>{part.label}</span>
          <span className="font-mono tabular-nums">
            <span aria-hidden="true">{number(Math.max(0, part.to - part.from))}</span>
            <span className="sr-only">
              {t('visualiser.ribbon.part', {
                octets: Math.max(0, part.to - part.from),
                from: part.from,
                to: Math.max(part.from, part.to),
              })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Swatch({ part }: { part: RibbonPart }) {
  const id = useId();
  return (
    <svg aria-hidden="true" width="20" height="12" className={classNames('shrink-0', hueClass[part.layer])}>
      <FillPatterns id={id} parts={[part]} />
      <rect
        x="0.5"
        y="0.5"
        width="19"
        height="11"
        style={{ fill: fillOf(id, part) }}
        strokeDasharray={part.fill === 'blank' ? '2 4' : undefined}
        className="stroke-(--hue) stroke-1"
      />
    </svg>
  );
}

function Axis(props: Drawn & { domain: readonly [number, number]; axisLabel: string }) {
  const { domain, shareOf, number, axisLabel } = props;
  const step = niceStep((domain[1] - domain[0]) / 4);
  return (
    <div aria-hidden="true" className="relative -mt-1 h-10 border-t border-rule-strong">
      {ticksBetween(domain[0], domain[1], step).map((tick) => (
        <span
          key={tick}
          className="absolute top-1 font-mono text-xs text-ink-soft tabular-nums"
          style={{ left: percent(shareOf(tick)), transform: `translateX(${-100 * shareOf(tick)}%)` }}
        >
          {number(tick)}
        </span>
      ))}
      <span className="absolute right-0 bottom-0 text-xs text-ink-soft">{axisLabel}</span>
    </div>
  );
}

const percent = (share: number) => `${Number((share * 100).toFixed(3))}%`;
