import { elementsOf, literalOf } from '../lesson-file';
import type { Problem } from '../problem';
import type { CheckedLesson, World } from './world';

/** A lesson shows every correction that corrections.yaml gives it, once, and no other. */
export function checkCorrections({ tree, path, id }: CheckedLesson, { corrections }: World): Problem[] {
  const problems: Problem[] = [];
  const linesByNumber = new Map<number, number>();
  for (const element of elementsOf(tree)) {
    const n = literalOf(element, 'n');
    if (element.name !== 'Correction' || typeof n !== 'number') continue;
    const line = element.position?.start.line ?? 1;
    const add = (message: string) => problems.push({ file: path, line, message });
    const correction = corrections.find((one) => one.n === n);
    const first = linesByNumber.get(n);
    if (!correction)
      add(`unknown correction ${n} (expected 1 to ${corrections.length}, see content/corrections.yaml)`);
    else if (correction.lesson !== id) add(`correction ${n} belongs to the lesson ${correction.lesson}`);
    if (first === undefined) linesByNumber.set(n, line);
    else add(`correction ${n} is already on line ${first}`);
  }
  for (const { n, lesson } of corrections)
    if (lesson === id && !linesByNumber.has(n))
      problems.push({
        file: path,
        line: 1,
        message: `correction ${n} is missing (expected <Correction n={${n}}>)`,
      });
  return problems;
}
