import { z } from 'zod';

/** `<chapter>/<lesson>`, as in course.yaml: permanent. */
export const lessonIdSchema = z.string().regex(/^[a-z0-9-]{1,40}\/[a-z0-9-]{1,60}$/);
const nameSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/);
const answerSchema = z.string().max(200);

const common = {
  /** Made by the client (a UUID); the server takes an id once. */
  id: z.uuid(),
  /** The client's clock, ISO 8601. For display and order within a device only. */
  at: z.iso.datetime(),
  lesson: lessonIdSchema,
};

/** What a learner did. The log of these is all that is stored; see `foldProgress`. */
export const progressEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('lesson:opened') }),
  z.strictObject({ ...common, type: z.literal('section:read'), section: nameSchema }),
  z.strictObject({
    ...common,
    type: z.literal('prediction:made'),
    prediction: nameSchema,
    answer: answerSchema,
    right: z.boolean(),
  }),
  z.strictObject({
    ...common,
    type: z.literal('checkpoint:answered'),
    checkpoint: nameSchema,
    answer: answerSchema,
    right: z.boolean(),
  }),
  z.strictObject({ ...common, type: z.literal('task:passed'), lab: nameSchema, task: nameSchema }),
  z.strictObject({
    ...common,
    type: z.literal('exercise:attempted'),
    lab: nameSchema,
    stage: nameSchema,
    passed: z.boolean(),
    code: z.string().max(20_000),
  }),
  z.strictObject({
    ...common,
    type: z.literal('exercise:solution-shown'),
    lab: nameSchema,
    stage: nameSchema,
  }),
]);

export type ProgressEvent = z.infer<typeof progressEventSchema>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a page records; id and time are added when it enters the outbox. */
export type NewProgressEvent = DistributiveOmit<ProgressEvent, 'id' | 'at'>;
