import type { IceCandidate, LocalCandidate } from './candidate';
import type { CandidatePair, IceRole } from './candidate-pair';
import { canPair, comparePairs, createPair, isSamePath, priorityOf } from './candidate-pair';

/** A pair over which a check went through (RFC 8445 §4 "valid list"). */
export type ValidPair = {
  /** The candidate whose address the other side saw; often not the one that was checked from. */
  local: LocalCandidate;
  remote: IceCandidate;
  component: number;
  priority: bigint;
  nominated: boolean;
  /** The pair whose check made this one: nominating repeats that check. */
  checkedBy: CandidatePair;
};

/** RFC 8445 §6.1.2.1. */
export type ChecklistState = 'running' | 'completed' | 'failed';

/** The pairs of one data stream. */
export type Checklist = {
  stream: number;
  components: number;
  state: ChecklistState;
  locals: LocalCandidate[];
  remotes: IceCandidate[];
  /** By falling priority. */
  pairs: CandidatePair[];
  /** Pairs whose turn comes first, because the other side knocked on them (§6.1.4.1). */
  triggered: CandidatePair[];
  valid: ValidPair[];
  /** What is used, by component. */
  selected: Map<number, ValidPair>;
  firstValidAtMs: number | undefined;
};

/** An empty check list. */
export function createChecklist(stream: number, components: number): Checklist {
  return {
    stream,
    components,
    state: 'running',
    locals: [],
    remotes: [],
    pairs: [],
    triggered: [],
    valid: [],
    selected: new Map(),
    firstValidAtMs: undefined,
  };
}

/**
 * Adds the pairs that a new candidate makes with the other side's. A reflexive candidate is replaced by its base, and a
 * pair that would take the same way as another is left out (§6.1.2.4), unless it is better than one that was not checked
 * yet. Every new pair is frozen.
 */
export function pairUp(
  list: Checklist,
  locals: readonly LocalCandidate[],
  remotes: readonly IceCandidate[],
  role: IceRole,
): CandidatePair[] {
  const added: CandidatePair[] = [];
  for (const local of locals) {
    for (const remote of remotes) {
      if (!canPair(local, remote)) continue;
      const pair = createPair(local, remote, role);
      const twin = list.pairs.find((other) => isSamePath(other, pair));
      if (twin) {
        const isUntouched = twin.state === 'frozen' || twin.state === 'waiting';
        if (!isUntouched || twin.priority >= pair.priority || list.triggered.includes(twin)) continue;
        list.pairs.splice(list.pairs.indexOf(twin), 1);
        if (added.includes(twin)) added.splice(added.indexOf(twin), 1);
      }
      list.pairs.push(pair);
      added.push(pair);
    }
  }
  list.pairs.sort(comparePairs);
  return added;
}

/** §6.1.2.5: at most `max` pairs in all lists; those of the lowest priority that were not checked yet go. */
export function limitPairs(lists: readonly Checklist[], max: number): void {
  let excess = lists.reduce((count, list) => count + list.pairs.length, 0) - max;
  if (excess <= 0) return;
  const all = lists.flatMap((list) => list.pairs.map((pair) => ({ list, pair })));
  all.sort((left, right) => comparePairs(right.pair, left.pair));
  for (const { list, pair } of all) {
    if (excess === 0) return;
    if ((pair.state !== 'frozen' && pair.state !== 'waiting') || list.triggered.includes(pair)) continue;
    list.pairs.splice(list.pairs.indexOf(pair), 1);
    excess--;
  }
}

/**
 * §6.1.2.6 and RFC 8838 §12: of each foundation, in all lists together, one pair waits and the others stay frozen until
 * it succeeded. The one with the lowest component waits, and of those the best.
 */
export function unfreezeFirsts(lists: readonly Checklist[]): void {
  const all = lists.filter(({ state }) => state === 'running').flatMap(({ pairs }) => pairs);
  const active = new Set(all.filter(({ state }) => isActive(state)).map(({ foundation }) => foundation));
  const done = new Set(all.filter(({ state }) => state === 'succeeded').map(({ foundation }) => foundation));
  const sorted = [...all].sort(
    (left, right) => left.component - right.component || comparePairs(left, right),
  );
  for (const pair of sorted) {
    if (pair.state !== 'frozen') continue;
    if (active.has(pair.foundation) && !done.has(pair.foundation)) continue;
    pair.state = 'waiting';
    active.add(pair.foundation);
  }
}

/** §7.2.5.3.3: what shares its foundation with a pair that succeeded may be checked now. */
export function unfreezeFoundation(lists: readonly Checklist[], foundation: string): void {
  for (const { pairs } of lists) {
    for (const pair of pairs) {
      if (pair.state === 'frozen' && pair.foundation === foundation) pair.state = 'waiting';
    }
  }
}

/** After a change of roles every priority is another (§7.3.1.1). */
export function reprioritise(list: Checklist, role: IceRole): void {
  for (const pair of [...list.pairs, ...list.valid])
    pair.priority = priorityOf(pair.local, pair.remote, role);
  list.pairs.sort(comparePairs);
}

function isActive(state: CandidatePair['state']): boolean {
  return state === 'waiting' || state === 'in-progress';
}
