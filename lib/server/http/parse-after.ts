import { z } from 'zod';
import { parseOrRefuse } from './read-json';

const querySchema = z.object({
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .default(0),
});

/** The cursor `?after=<seq>`; 0 when absent. */
export function parseAfter(request: Request): number {
  return parseOrRefuse(querySchema, Object.fromEntries(new URL(request.url).searchParams)).after;
}
