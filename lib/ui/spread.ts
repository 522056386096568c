/**
 * Moves positions apart until neighbours are at least `gap` from each other, as little as that takes, and
 * keeps them between `min` and `max` if they fit. Order of equal positions is kept. Answers in input order.
 */
export function spreadApart(positions: readonly number[], gap: number, min: number, max: number): number[] {
  const order = positions
    .map((_, index) => index)
    .sort((a, b) => at(positions, a) - at(positions, b) || a - b);
  // Groups of touching things share one centre; groups that touch become one.
  let groups: { members: number[]; top: number }[] = [];
  for (const index of order) {
    groups.push({ members: [index], top: at(positions, index) });
    for (;;) {
      const last = groups.at(-1);
      const before = groups.at(-2);
      if (!last || !before || last.top - (before.top + (before.members.length - 1) * gap) >= gap) break;
      const members = [...before.members, ...last.members];
      const centre = members.reduce((sum, member) => sum + at(positions, member), 0) / members.length;
      groups = [...groups.slice(0, -2), { members, top: centre - ((members.length - 1) * gap) / 2 }];
    }
  }
  const placed: number[] = new Array<number>(positions.length).fill(0);
  let floor = min;
  for (const group of groups) {
    const top = Math.max(group.top, floor);
    group.members.forEach((member, i) => (placed[member] = top + i * gap));
    floor = top + group.members.length * gap;
  }
  let ceiling = max;
  for (const index of [...order].reverse()) {
    placed[index] = Math.min(at(placed, index), ceiling);
    ceiling = at(placed, index) - gap;
  }
  return placed;
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
}
