import {
  _default,
  boolean,
  enum as oneOf,
  int,
  maxLength as longest,
  maximum,
  minimum,
  number as anyNumber,
  object,
  string,
  type output,
  type ZodMiniType,
} from 'zod/mini';

/**
 * The words that a lab's params are made of. They are zod's schemas from `zod/mini`: the whole of zod would be a
 * third of what an embedded lab may weigh (docs/decisions/0006-labs-use-zod-mini.md).
 */
export const params = object;

type Range = { min: number; max: number; default: number };

/** A whole number within bounds. */
export const integer = ({ min, max, default: value }: Range) =>
  _default(int().check(minimum(min), maximum(max)), value);

/** Any number within bounds. */
export const number = ({ min, max, default: value }: Range) =>
  _default(anyNumber().check(minimum(min), maximum(max)), value);

/** On or off. */
export const flag = (value: boolean) => _default(boolean(), value);

/** One of a few; the first unless `value` says otherwise. */
export const choice = <const Options extends readonly [string, ...string[]]>(
  options: Options,
  value: Options[number] = options[0],
) => _default(oneOf(options), value);

/** Text of limited length. */
export const text = ({ maxLength, default: value }: { maxLength: number; default: string }) =>
  _default(string().check(longest(maxLength)), value);

/** What a schema's params look like once checked. */
export type ParamsOf<Schema extends ZodMiniType> = output<Schema>;
