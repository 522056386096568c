import * as z from 'zod/mini';

/**
 * The words that a lab's params are made of. They are zod's schemas from `zod/mini`: the whole of zod would be a
 * third of what an embedded lab may weigh (docs/decisions/0006-labs-use-zod-mini.md).
 */
export const params = z.object;

type Range = { min: number; max: number; default: number };

/** A whole number within bounds. */
export const integer = ({ min, max, default: value }: Range) =>
  z._default(z.int().check(z.minimum(min), z.maximum(max)), value);

/** Any number within bounds. */
export const number = ({ min, max, default: value }: Range) =>
  z._default(z.number().check(z.minimum(min), z.maximum(max)), value);

/** On or off. */
export const flag = (value: boolean) => z._default(z.boolean(), value);

/** One of a few; the first unless `value` says otherwise. */
export const choice = <const Options extends readonly [string, ...string[]]>(
  options: Options,
  value: Options[number] = options[0],
) => z._default(z.enum(options), value);

/** Text of limited length. */
export const text = ({ maxLength, default: value }: { maxLength: number; default: string }) =>
  z._default(z.string().check(z.maxLength(maxLength)), value);

/** What a schema's params look like once checked. */
export type ParamsOf<Schema extends z.ZodMiniType> = z.output<Schema>;
