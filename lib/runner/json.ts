import type { Json } from './report';

/**
 * Values that JSON does not have, as they cross: `{ $: 'undefined' }`, `{ $: 'NaN' }`, `{ $: 'Infinity' }`,
 * `{ $: '-Infinity' }`, `{ $: 'bigint', text: '12' }`, `{ $: 'function' }`, `{ $: 'symbol' }`, `{ $: 'circular' }`.
 * -0 crosses as 0; a typed array as an array of its numbers; a property that is undefined is left out, as
 * JSON does; any other object as its own enumerable properties.
 */
export function special(name: string): Json {
  return { $: name };
}

/** A number in the form in which it crosses. */
export function numberToJson(value: number): Json {
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  return special(String(value));
}

/** Brings what our own engine expects into the same form. */
export function normalise(value: unknown): Json {
  if (value === undefined) return special('undefined');
  if (typeof value === 'number') return numberToJson(value);
  if (typeof value === 'bigint') return { $: 'bigint', text: String(value) };
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(normalise);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>, numberToJson);
  if (typeof value !== 'object') return special(typeof value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, normalise(item)]),
  );
}

/** Two floating-point sums in another order differ by this share at most. */
const TOLERANCE = 1e-9;

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Deep equality; the order of properties does not count, and numbers that are not whole may differ by 1e-9. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') {
    if (Number.isInteger(a) && Number.isInteger(b)) return false;
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isArray(a) || isArray(b)) {
    if (!isArray(a) || !isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => sameJson(item, b[index] ?? null));
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, b[key] ?? null));
}

/** A value as a programmer writes it, on one line: `{ cwnd: 4, sent: [1, 2] }`, `undefined`, `NaN`. */
export function writeValue(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isArray(value)) return `[${value.map(writeValue).join(', ')}]`;
  const { $, text } = value;
  if (typeof $ === 'string') return $ === 'bigint' && typeof text === 'string' ? `${text}n` : $;
  const entries = Object.entries(value).map(
    ([key, item]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: ${writeValue(item)}`,
  );
  return entries.length ? `{ ${entries.join(', ')} }` : '{}';
}
