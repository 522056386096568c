import { listFiles, projectRoot, readText } from './files';
import { ContentError } from './problem';
import { termFileSchema, type TermFile } from './schemas';
import { checkYaml, parseYaml } from './yaml-file';

export type Term = TermFile & { id: string };

/** The glossary of a locale, by term, in the order of the alphabet. @throws ContentError */
export function loadGlossary(locale: string, root = projectRoot()): readonly Term[] {
  const terms: Term[] = [];
  for (const file of listFiles(root, `content/${locale}/glossary`, '.yaml')) {
    const yaml = parseYaml(readText(root, file), file);
    const { data, problems } = checkYaml(yaml, termFileSchema, file);
    if (!data) throw new ContentError(problems);
    terms.push({ id: termIdOf(file), ...data });
  }
  return terms.sort((a, b) => a.term.localeCompare(b.term, locale));
}

/** `content/en/glossary/rtt.yaml` → `rtt` */
export const termIdOf = (file: string) => file.replace(/^.*\//, '').replace(/\.yaml$/, '');
