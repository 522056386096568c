import type { Root } from 'mdast';
import type { Requirement } from '@/lib/course/outline';
import type { Lab } from '@/lib/labs/define-lab';
import type { Text } from '@/lib/text';
import { attributeOf, elementsOf, literalOf, sectionsOf, type JsxElement } from './lesson-file';

/** What the outline needs to know of a lab: the parts that count, and where their texts are. */
export type CatalogueLab = Pick<Lab, 'params' | 'exercise'> & {
  tasks: readonly { id: string; prompt: string }[];
  predictions: readonly { id: string }[];
};
/** The labs by id, as in lib/labs/catalogue.ts. */
export type LabCatalogue = Readonly<Record<string, CatalogueLab>>;

/** The ids of the labs on a lesson's page, in order, each once. */
export function labsOf(tree: Root): string[] {
  const ids = elementsOf(tree).flatMap((element) => {
    const id =
      element.name === 'Lab'
        ? attributeOf(element, 'id')
        : element.name === 'Exercise'
          ? attributeOf(element, 'lab')
          : undefined;
    return id === undefined ? [] : [id];
  });
  return [...new Set(ids)];
}

/** What counts in a lesson, in the order of the page, each once. */
export function requirementsOf(tree: Root, catalogue: LabCatalogue, t: Text): Requirement[] {
  const sections = sectionsOf(tree).map(({ id, title }): Requirement => ({
    kind: 'section',
    id,
    label: title,
    anchor: id,
  }));
  const asked = elementsOf(tree).flatMap((element) => requirementsOfElement(element, catalogue, t));
  const seen = new Set<string>();
  return [...sections, ...asked].filter(({ kind, id }) => {
    const key = `${kind} ${id}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

function requirementsOfElement(element: JsxElement, catalogue: LabCatalogue, t: Text): Requirement[] {
  const id = attributeOf(element, 'id') ?? '';
  const question = attributeOf(element, 'question') ?? id;
  const anchor = attributeOf(element, 'anchor') ?? '';
  switch (element.name) {
    case 'Predict':
      return [{ kind: 'prediction', id, label: question, anchor: `predict-${id}` }];
    case 'Checkpoint':
      return [{ kind: 'checkpoint', id, label: question, anchor: `checkpoint-${id}` }];
    case 'Lab':
      return requirementsOfLab(element, id, catalogue[id], anchor, t);
    case 'Exercise':
      return requirementsOfExercise(element, catalogue, anchor, t);
    default:
      return [];
  }
}

function requirementsOfLab(
  element: JsxElement,
  lab: string,
  found: CatalogueLab | undefined,
  anchor: string,
  t: Text,
): Requirement[] {
  if (!found) return [];
  const predictions = shownOf(element, found, 'predictions').shown.map((id): Requirement => ({
    kind: 'prediction',
    id: `${lab}.${id}`,
    label: t(`labs.${lab}.predictions.${id}.question`),
    anchor,
  }));
  const shown = shownOf(element, found, 'tasks').shown;
  const tasks = found.tasks
    .filter(({ id }) => shown.includes(id))
    .map(({ id, prompt }): Requirement => ({
      kind: 'task',
      id: `${lab}.${id}`,
      label: t(`labs.${lab}.${prompt}`),
      anchor: `${lab}.${id}`,
    }));
  return [...predictions, ...tasks];
}

/** Ids of the tasks or predictions that one `<Lab>` shows, and those it names that the lab does not have. */
export function shownOf(
  element: JsxElement,
  lab: CatalogueLab,
  kind: 'tasks' | 'predictions',
): { shown: string[]; unknown: string[] } {
  const all = lab[kind].map(({ id }) => id);
  const named = literalOf(element, kind);
  if (!Array.isArray(named)) return { shown: all, unknown: [] };
  const names = named.map(String);
  return {
    shown: names.filter((one) => all.includes(one)),
    unknown: names.filter((one) => !all.includes(one)),
  };
}

function requirementsOfExercise(
  element: JsxElement,
  catalogue: LabCatalogue,
  anchor: string,
  t: Text,
): Requirement[] {
  const lab = attributeOf(element, 'lab') ?? '';
  const only = attributeOf(element, 'stage');
  const stages = (catalogue[lab]?.exercise?.stages ?? []).filter(
    ({ id }) => only === undefined || id === only,
  );
  return stages.map(({ id }): Requirement => ({
    kind: 'exercise',
    id: `${lab}.${id}`,
    label: t(`labs.${lab}.exercise.${id}.title`),
    anchor,
  }));
}
