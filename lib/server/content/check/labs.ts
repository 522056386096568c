import { z } from 'zod';
import { elementsOf, literalOf, type JsxElement } from '../lesson-file';
import { suggest, type Problem } from '../problem';
import { shownOf, type CatalogueLab, type LabCatalogue } from '../requirements';
import type { CheckedLesson } from './world';

/** Labs and exercises exist, their presets fit, and what a lab asks is asked once on a page. */
export function checkLabs({ tree, path }: CheckedLesson, catalogue: LabCatalogue): Problem[] {
  const problems: Problem[] = [];
  const shownAt = new Map<string, number>();
  for (const element of elementsOf(tree)) {
    const line = element.position?.start.line ?? 1;
    const add = (message: string) => problems.push({ file: path, line, message });
    const id =
      element.name === 'Lab'
        ? literalOf(element, 'id')
        : element.name === 'Exercise'
          ? literalOf(element, 'lab')
          : undefined;
    if (typeof id !== 'string') continue;
    const lab = Object.hasOwn(catalogue, id) ? catalogue[id] : undefined;
    if (!lab) add(`unknown lab "${id}"${suggest(id, Object.keys(catalogue))}`);
    else if (element.name === 'Exercise') checkStage(element, id, lab).forEach(add);
    else {
      checkPreset(element, id, lab).forEach(add);
      for (const kind of ['tasks', 'predictions'] as const) {
        const { shown, unknown } = shownOf(element, lab, kind);
        for (const one of unknown)
          add(
            `lab "${id}" has no ${kind} "${one}"${suggest(
              one,
              lab[kind].map((item) => item.id),
            )}`,
          );
        for (const one of shown) {
          const key = `${id} ${kind} ${one}`;
          const first = shownAt.get(key);
          if (first === undefined) shownAt.set(key, line);
          else
            add(
              `lab "${id}" shows its ${kind} "${one}" on line ${first} already (expected ${kind}={[…]} without it)`,
            );
        }
      }
    }
  }
  return problems;
}

function checkStage(element: JsxElement, id: string, lab: CatalogueLab): string[] {
  const stages = lab.exercise?.stages.map((stage) => stage.id);
  if (!stages) return [`lab "${id}" has no exercise`];
  const stage = literalOf(element, 'stage');
  return typeof stage === 'string' && !stages.includes(stage)
    ? [`exercise of lab "${id}" has no stage "${stage}"${suggest(stage, stages)}`]
    : [];
}

function checkPreset(element: JsxElement, id: string, lab: CatalogueLab): string[] {
  const preset = literalOf(element, 'preset');
  const isGiven = element.attributes.some((one) => one.type === 'mdxJsxAttribute' && one.name === 'preset');
  if (!isGiven) return [];
  if (typeof preset !== 'object' || preset === null || Object.values(preset).includes(undefined))
    return [`preset of lab "${id}" is not an object of plain values`];
  const known = lab.params instanceof z.ZodObject ? Object.keys(lab.params.shape) : Object.keys(preset);
  const unknown = Object.keys(preset).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return unknown.map(
      (name) => `preset of lab "${id}" has the unknown parameter "${name}"${suggest(name, known)}`,
    );
  const parsed = lab.params.safeParse(preset);
  if (parsed.success) return [];
  return parsed.error.issues.map(
    (issue) => `preset of lab "${id}": parameter "${issue.path.join('.')}": ${issue.message}`,
  );
}
