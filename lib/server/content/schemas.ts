import { z } from 'zod';

/** Ids are permanent: progress, addresses and embeds store them. */
const idSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'expected a kebab-case id: letters, digits and hyphens');
const sentenceSchema = z.string().trim().min(1, 'expected a text');

/** The chapters of the course, in no order; course.yaml gives the order. */
const chapterIds = [
  'foundations',
  'latency',
  'tcp',
  'udp-nat',
  'tls',
  'http',
  'browser',
  'sse',
  'websocket',
  'webrtc',
] as const;

/** `content/course.yaml`: the chapters in order, their lessons in order. */
export const courseFileSchema = z.strictObject({
  chapters: z
    .array(
      z.strictObject({
        id: z.enum(chapterIds),
        /** Whose hue the chapter has. */
        mark: z.string().regex(/^([1-9]|[A-Z])$/),
        layer: z.enum(['link', 'ip', 'transport', 'security', 'http', 'application']),
        lessons: z
          .array(
            z.strictObject({
              id: idSchema,
              /** The labs planned for it; a written lesson's labs are those on its page. */
              labs: z.array(idSchema).default([]),
            }),
          )
          .min(1),
      }),
    )
    .min(1),
});
export type CourseFile = z.infer<typeof courseFileSchema>;

/** `content/<locale>/<chapter>/chapter.yaml` */
export const chapterFileSchema = z.strictObject({
  /** The name on the cover. */
  title: sentenceSchema,
  /** The question that a web developer has had and that the chapter starts from. */
  question: sentenceSchema,
  /** Two or three sentences: what the chapter shows. */
  summary: sentenceSchema,
  /** Titles and summaries of the lessons, shown for as long as a lesson has no .mdx of its own. */
  coming: z.record(idSchema, z.strictObject({ title: sentenceSchema, summary: sentenceSchema })).default({}),
});
export type ChapterFile = z.infer<typeof chapterFileSchema>;

/** The frontmatter of `content/<locale>/<chapter>/<lesson>.mdx`. */
export const frontmatterSchema = z.strictObject({
  /** The lesson's name, as in the table of contents. */
  title: sentenceSchema,
  /** One or two sentences for the chapter page, search and link previews. */
  summary: sentenceSchema,
  /** What the learner will be able to do, each starting with a verb. */
  able: z.array(sentenceSchema).min(1, 'expected at least one thing the learner will be able to do'),
  /** The RFCs that the lesson rests on, by number, the most important first. */
  sources: z.array(z.int().min(1)).default([]),
});
export type Frontmatter = z.infer<typeof frontmatterSchema>;

/** `content/<locale>/glossary/<term>.yaml`: the file's name is the term's id. */
export const termFileSchema = z.strictObject({
  /** The term as it is written in a sentence: RTT. */
  term: sentenceSchema,
  /** What it stands for, if it is short for something: round-trip time. */
  long: sentenceSchema.optional(),
  /** One or two exact, warm sentences. */
  definition: sentenceSchema,
  /** Ids of related terms. */
  see: z.array(idSchema).default([]),
});
export type TermFile = z.infer<typeof termFileSchema>;

/** `content/corrections.yaml`: where the notes that the course follows are wrong, and in which lesson that is put right. */
export const correctionsFileSchema = z.strictObject({
  corrections: z.array(
    z.strictObject({
      n: z.int().min(1),
      /** A lesson of course.yaml: `<chapter>/<lesson>`. */
      lesson: z.string(),
      /** Written as they are cited: `RFC 5681 §3.1`. */
      sources: z.array(sentenceSchema),
    }),
  ),
});
export type Correction = z.infer<typeof correctionsFileSchema>['corrections'][number];
