import { spreadApart } from '../spread';
import { halfWidthOf, placeLabels, type LabelPlace } from './place-labels';
import { createTimeScale, type TimeScale } from './time-scale';
import type { LadderMessage, SequenceLadderProps } from './props';

/** How far a lost message gets before its cross, as a share of the way. */
const LOST_AT = 0.62;
/** A state's name stands this far below the moment that it begins, clear of the arrow's end. */
const CHIP_DROP = 15;
const CHIP_DISTANCE = 23;

/** A message ready to be drawn: x as a share of the width, y in pixels, and how far `nowMs` lets it be. */
export type DrawnMessage = {
  message: LadderMessage;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  lost: boolean;
  /** 0: not sent yet; 1: arrived (or lost where the cross is). */
  progress: number;
  place: LabelPlace;
};

/** The name of a state beside a lifeline; `side` is where it is held. */
export type StateChip = {
  key: string;
  text: string;
  y: number;
  x: number;
  side: 'left' | 'middle' | 'right';
  isLast: boolean;
};

export type LadderLayout = {
  chips: readonly StateChip[];
  scale: TimeScale;
  xOfActor: ReadonlyMap<string, number>;
  messages: readonly DrawnMessage[];
};

/** Where everything in a ladder stands. Pure; pixels downwards, shares across. */
export function layOutLadder(
  props: Pick<
    SequenceLadderProps,
    'actors' | 'messages' | 'spans' | 'states' | 'nowMs' | 'height' | 'compressGapsOverMs' | 'fromMs' | 'toMs'
  >,
): LadderLayout {
  const { actors, messages, spans = [], states = [], nowMs = Number.POSITIVE_INFINITY } = props;
  const xOfActor = new Map(actors.map((actor, i) => [actor.id, xOfIndex(i, actors.length)]));
  const delays = messages.flatMap((m) => (m.receivedMs === null ? [] : [m.receivedMs - m.sentMs]));
  const usualDelay = [...delays].sort((a, b) => a - b)[Math.floor(delays.length / 2)] ?? 1;
  const endOf = (m: LadderMessage) => m.receivedMs ?? m.sentMs + usualDelay * LOST_AT;
  const timesMs = [
    ...messages.flatMap((m) => [m.sentMs, endOf(m)]),
    ...spans.flatMap((span) => [span.fromMs, span.toMs]),
    ...states.map((state) => state.fromMs),
    ...(props.fromMs === undefined ? [] : [props.fromMs]),
    ...(props.toMs === undefined ? [] : [props.toMs]),
  ];
  const scale = createTimeScale({
    timesMs,
    height: props.height ?? Math.max(220, messages.length * 58 + states.length * 8),
    compressGapsOverMs: props.compressGapsOverMs,
  });
  const chipsOf = (actor: string, index: number): StateChip[] => {
    const own = states.filter((state) => state.actor === actor && state.fromMs <= nowMs);
    const tops = spreadApart(
      own.map((state) => scale.y(state.fromMs) + CHIP_DROP),
      CHIP_DISTANCE,
      0,
      scale.height + CHIP_DROP,
    );
    return own.map((state, n) => ({
      key: `${actor} ${n}`,
      text: state.state,
      y: tops[n] ?? 0,
      x: xOfActor.get(actor) ?? 0,
      side: index === 0 ? 'left' : index === actors.length - 1 ? 'right' : 'middle',
      isLast: n === own.length - 1,
    }));
  };
  const drawn = messages.map((message) => {
    const lost = message.receivedMs === null;
    const x0 = xOfActor.get(message.from) ?? 0;
    const full = xOfActor.get(message.to) ?? 1;
    const flight = endOf(message) - message.sentMs;
    const progress = flight > 0 ? (nowMs - message.sentMs) / flight : nowMs >= message.sentMs ? 1 : 0;
    return {
      message,
      lost,
      x0,
      y0: scale.y(message.sentMs),
      x1: lost ? x0 + (full - x0) * LOST_AT : full,
      y1: scale.y(endOf(message)),
      progress: Math.min(1, Math.max(0, progress)),
    };
  });
  const chips = actors.flatMap((actor, i) => chipsOf(actor.id, i));
  // A loss is what a ladder is read for: its label has the first choice, and no label hides its cross.
  const inTurn = [...drawn.filter((d) => d.lost), ...drawn.filter((d) => !d.lost)];
  const places = placeLabels(
    inTurn.map((d) => ({
      ...d,
      reach: (xOfActor.get(d.message.to) ?? 1) - d.x0,
      characters: d.message.label.length + (d.lost || d.message.tone ? 2 : 0),
    })),
    {
      marks: drawn.filter((d) => d.lost).map((d) => ({ x: d.x1, y: d.y1, halfWidth: 0.03 })),
      obstacles: chips.map((chip) => {
        const halfWidth = halfWidthOf(chip.text.length);
        const x = chip.side === 'left' ? halfWidth : chip.side === 'right' ? 1 - halfWidth : chip.x;
        return { x, y: chip.y, halfWidth };
      }),
    },
  );
  return {
    scale,
    xOfActor,
    chips,
    messages: drawn.map((d) => ({
      ...d,
      place: places[inTurn.indexOf(d)] ?? { x: 0.5, y: d.y0, crowded: true },
    })),
  };
}

/** Two actors leave room for their states at the outer sides; more share the width. */
function xOfIndex(index: number, count: number): number {
  if (count <= 1) return 0.5;
  const margin = count === 2 ? 0.11 : 0.5 / count;
  return margin + (index / (count - 1)) * (1 - 2 * margin);
}
