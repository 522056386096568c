import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { LabCatalogue } from './requirements';

/** A course of one chapter and two lessons, in which nothing is wrong. */
const GOOD: Readonly<Record<string, string>> = {
  'content/course.yaml': `chapters:
  - id: tcp
    mark: '2'
    layer: transport
    lessons:
      - { id: slow-start, labs: [slow-start] }
      - { id: congestion, labs: [congestion] }
`,
  'content/corrections.yaml': `corrections:
  - { n: 1, lesson: tcp/slow-start, sources: [RFC 5681 §3.1] }
  - { n: 2, lesson: tcp/congestion, sources: [RFC 6582] }
`,
  'content/en/tcp/chapter.yaml': `title: TCP
question: Why does it wait?
summary: Windows.
coming:
  congestion: { title: Congestion, summary: Loss. }
`,
  'content/en/glossary/rtt.yaml': `term: RTT
long: round-trip time
definition: There and back.
`,
  'content/en/messages/labs/slow-start.yaml': `title: Slow start
tasks: { warm: Reuse the connection }
predictions: { total: { question: How long? } }
exercise: { formula: { prompt: The formula } }
`,
};

export const FRONTMATTER = `---
title: Slow start
summary: It begins small.
able: [Count rounds]
sources: [5681]
---
`;

export const CORRECTION = `<Correction n={1}><NotesSay>This.</NotesSay><Holds>That.</Holds></Correction>
`;

/** A lesson of this text, below a good frontmatter of six lines, with the correction that it owes at the end. */
export const lessonOf = (text: string) => `${FRONTMATTER}${text}\n\n${CORRECTION}`;

/** A folder with a good course, changed: a file of `null` is left out. Removed when the test is over. */
export function createContent(changes: Readonly<Record<string, string | null>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'content-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ ...GOOD, ...changes })) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** One lab, with one of everything. */
export const catalogue: LabCatalogue = {
  'slow-start': {
    params: z.object({ bytes: z.int().min(1).default(60_000), reused: z.boolean().default(false) }),
    tasks: [{ id: 'warm', prompt: 'tasks.warm' }],
    predictions: [{ id: 'total' }],
    exercise: {
      stages: [{ id: 'formula', starter: '', solution: '', checks: [], mistakes: [], hints: 0 }],
    },
  },
};
