import type { MachineState, MachineTransition } from './props';

/** A width for which the picture is drawn; it is scaled by little, so text stays as large as it is. */
export type MachineSize = {
  width: number;
  padding: number;
  nodeWidth: number;
  nodeHeight: number;
  rowHeight: number;
  /** Edges carry their labels, or only a number that the table explains. */
  labelled: boolean;
};

export const WIDE: MachineSize = {
  width: 840,
  padding: 26,
  nodeWidth: 148,
  nodeHeight: 40,
  rowHeight: 112,
  labelled: true,
};
export const NARROW: MachineSize = {
  width: 344,
  padding: 14,
  nodeWidth: 98,
  nodeHeight: 36,
  rowHeight: 84,
  labelled: false,
};

export type DrawnState = { state: MachineState; x: number; y: number };
export type DrawnEdge = {
  transition: MachineTransition;
  number: number;
  path: string;
  /** The middle of the label, and half of the ground that it needs. */
  label: Box;
};
export type MachineLayout = { height: number; states: readonly DrawnState[]; edges: readonly DrawnEdge[] };

/** Columns and rows of states that came without: rows by distance from the first, in order of discovery. */
export function placeStates(
  states: readonly MachineState[],
  transitions: readonly MachineTransition[],
): { state: MachineState; x: number; y: number }[] {
  if (states.every((state) => state.x !== undefined && state.y !== undefined)) {
    return states.map((state) => ({ state, x: state.x ?? 0, y: state.y ?? 0 }));
  }
  const rows = new Map<string, number>();
  const queue: string[] = [];
  for (const root of states) {
    if (rows.has(root.id)) continue;
    rows.set(root.id, rows.size === 0 ? 0 : Math.max(...rows.values()) + 1);
    queue.push(root.id);
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      for (const next of transitions) {
        if (next.from !== id || rows.has(next.to)) continue;
        rows.set(next.to, (rows.get(id) ?? 0) + 1);
        queue.push(next.to);
      }
    }
  }
  const inRow = new Map<number, string[]>();
  for (const [id, row] of rows) inRow.set(row, [...(inRow.get(row) ?? []), id]);
  const widest = Math.max(1, ...[...inRow.values()].map((ids) => ids.length));
  return states.map((state) => {
    const row = rows.get(state.id) ?? 0;
    const ids = inRow.get(row) ?? [];
    return { state, y: row, x: ids.indexOf(state.id) + (widest - ids.length) / 2 };
  });
}

/** Where states, edges and labels stand, in pixels of a picture of `size`. */
export function layOutMachine(
  states: readonly MachineState[],
  transitions: readonly MachineTransition[],
  size: MachineSize,
): MachineLayout {
  const given = placeStates(states, transitions);
  const left = Math.min(...given.map((p) => p.x));
  const top = Math.min(...given.map((p) => p.y));
  const placed = given.map((p) => ({ state: p.state, x: p.x - left, y: p.y - top }));
  const columns = Math.max(0, ...placed.map((p) => p.x));
  const rows = Math.max(0, ...placed.map((p) => p.y));
  const columnWidth = columns > 0 ? (size.width - size.nodeWidth - 2 * size.padding) / columns : 0;
  const drawn = placed.map((p) => ({
    state: p.state,
    x: columns > 0 ? size.padding + size.nodeWidth / 2 + p.x * columnWidth : size.width / 2,
    y: size.padding + size.nodeHeight / 2 + p.y * size.rowHeight,
  }));
  const height = 2 * size.padding + size.nodeHeight + rows * size.rowHeight;
  const of = new Map(drawn.map((d) => [d.state.id, d]));
  const taken: Box[] = drawn.map((d) => ({
    x: d.x,
    y: d.y,
    halfWidth: size.nodeWidth / 2 + 2,
    halfHeight: size.nodeHeight / 2 + 2,
  }));
  const curves = transitions.flatMap((transition, i) => {
    const from = of.get(transition.from);
    const to = of.get(transition.to);
    if (!from || !to) return [];
    const back = transitions.some((other) => other.from === transition.to && other.to === transition.from);
    const twins = transitions.filter((other) => other.from === transition.from && other.to === transition.to);
    const bend =
      (transition.bend ?? (back ? 26 : 0) + twins.indexOf(transition) * 34) * (size.labelled ? 1 : 0.6);
    const curve = from === to ? loopAt(from, size) : curveBetween(from, to, bend, size);
    return [{ transition, number: i + 1, curve }];
  });
  // Heads of arrows must stay visible, whichever label comes first.
  for (const { curve } of curves) taken.push({ ...curve.at(1), halfWidth: 8, halfHeight: 8 });
  const edges = curves.map(({ transition, number, curve }) => {
    const place = placeOnCurve(curve, transition.label, size, taken);
    return { transition, number, path: curve.path, label: place };
  });
  return { height, states: drawn, edges };
}

type Xy = { x: number; y: number };
export type Box = Xy & { halfWidth: number; halfHeight: number };
type Curve = { path: string; at(share: number): Xy };

/** A quadratic curve from border to border, bowed by `bend` to the left of its direction. */
function curveBetween(from: Xy, to: Xy, bend: number, size: MachineSize): Curve {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const control = {
    x: (from.x + to.x) / 2 + ((to.y - from.y) / length) * bend * 2,
    y: (from.y + to.y) / 2 - ((to.x - from.x) / length) * bend * 2,
  };
  const start = borderPoint(from, control, size, 0);
  const end = borderPoint(to, control, size, 3);
  return {
    path: `M${pair(start)}Q${pair(control)} ${pair(end)}`,
    at: (s) => ({
      x: (1 - s) ** 2 * start.x + 2 * s * (1 - s) * control.x + s ** 2 * end.x,
      y: (1 - s) ** 2 * start.y + 2 * s * (1 - s) * control.y + s ** 2 * end.y,
    }),
  };
}

/** A loop at the right side of a state. */
function loopAt(at: Xy, size: MachineSize): Curve {
  const x = at.x + size.nodeWidth / 2;
  const reach = size.labelled ? 44 : 22;
  return {
    path: `M${pair({ x, y: at.y - 8 })}C${pair({ x: x + reach, y: at.y - 26 })} ${pair({ x: x + reach, y: at.y + 26 })} ${pair({ x: x + 3, y: at.y + 8 })}`,
    at: () => ({ x: x + reach * 0.75, y: at.y }),
  };
}

/** Where the line from the middle of a state towards `target` crosses its border, `gap` outside it. */
function borderPoint(centre: Xy, target: Xy, size: MachineSize, gap: number): Xy {
  const dx = target.x - centre.x;
  const dy = target.y - centre.y;
  const reach = Math.min(
    (size.nodeWidth / 2 + gap) / (Math.abs(dx) || 1e-9),
    (size.nodeHeight / 2 + gap) / (Math.abs(dy) || 1e-9),
  );
  return { x: centre.x + dx * reach, y: centre.y + dy * reach };
}

const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/** The first of a few places on the curve where the label covers no state and no earlier label. */
function placeOnCurve(curve: Curve, label: string, size: MachineSize, taken: Box[]): Box {
  const lines = label.split(' / ');
  const halfWidth = size.labelled ? Math.max(...lines.map((line) => line.length)) * 4 + 4 : 11;
  const halfHeight = size.labelled ? lines.length * 8 + 1 : 11;
  const boxes = SHARES.map((share) => ({ ...curve.at(share), halfWidth, halfHeight }));
  const overlap = (box: Box) =>
    taken.reduce((sum, other) => {
      const across = box.halfWidth + other.halfWidth - Math.abs(box.x - other.x);
      const down = box.halfHeight + other.halfHeight - Math.abs(box.y - other.y);
      return across > 0 && down > 0 ? sum + across * down : sum;
    }, 0);
  const best = boxes.reduce((a, b) => (overlap(b) < overlap(a) ? b : a));
  taken.push(best);
  return best;
}

function pair({ x, y }: Xy): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
