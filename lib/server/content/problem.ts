/** Something wrong in a content file. `file` is relative to the repository's root. */
export type Problem = { file: string; line: number; message: string };

/** A content file that a page needs is wrong; the message names every file, line and expectation. */
export class ContentError extends Error {
  readonly code = 'CONTENT_INVALID';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(writeProblem).join('\n'));
    this.name = 'ContentError';
    this.problems = problems;
  }
}

/** `content/en/tcp/slow-start.mdx:42: unknown lab "slow-strat"` */
export function writeProblem({ file, line, message }: Problem): string {
  return `${file}:${line}: ${message}`;
}

/** ` (did you mean "slow-start"?)` if a known name is near, else ` (known: a, b)` for a short list. */
export function suggest(wrong: string, known: readonly string[]): string {
  const near = known
    .map((name) => ({ name, distance: editDistance(wrong, name) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (near && near.distance <= Math.max(2, Math.floor(wrong.length / 3)))
    return ` (did you mean "${near.name}"?)`;
  return known.length > 0 && known.length <= 12 ? ` (known: ${known.join(', ')})` : '';
}

function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of Array.from(a).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(b).entries()) {
      const replaced = (above[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
