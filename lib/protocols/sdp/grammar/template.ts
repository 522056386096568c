/**
 * The grammar of a value, written as the value looks: `{payloadType:integer} {encoding:token}/{clockRate:integer}`.
 * `{name:kind}` is a field, `[…]` may be missing, everything else stands for itself. One template is read three
 * ways: as a regular expression, as the type of what it finds, and as the pieces that it makes of a value.
 */

/** What a field may hold. The ABNF names in brackets are those of RFC 8866 §9. */
const KINDS = {
  /** One or more digits (integer, port). */
  integer: '\\d+',
  /** Digits, perhaps with a fraction. */
  decimal: '\\d+(?:\\.\\d+)?',
  /** RFC 8866's token: letters, digits and !#$%&'*+-.^_`{|}~ */
  token: "[!#$%&'*+\\-.0-9A-Z^_`a-z{|}~]+",
  /** Anything up to a space (non-ws-string). */
  word: '\\S+',
  /** Words with one space between them. */
  words: '\\S+(?: \\S+)*',
  /** Anything to the end (byte-string), U+2028 too, which ends no line of SDP. */
  text: '.+',
  /** Letters, digits, "+" and "/": what ICE allows (ice-char of RFC 8839 §5.4). */
  ice: '[A-Za-z0-9+/]+',
  /** Upper-case hexadecimal octets with colons between (RFC 8122 §5). */
  octets: '[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*',
} as const;

type Kind = keyof typeof KINDS;
type ValueOf<K extends string> = K extends 'integer' | 'decimal'
  ? number
  : K extends 'words'
    ? string[]
    : string;

type Required<T extends string> = T extends `${string}{${infer Name}:${infer K}}${infer Rest}`
  ? { [name in Name]: ValueOf<K> } & Required<Rest>
  : unknown;

/** What a template finds: `FieldsOf<'{a:integer}[ {b:word}]'>` is `{ a: number; b?: string }`. */
export type FieldsOf<T extends string> = T extends `${infer Before}[${infer Inside}]${infer After}`
  ? Required<Before> & Partial<Required<Inside>> & FieldsOf<After>
  : Required<T>;

/** A piece of a value: a field, or without a name what stands between fields. */
export type Part = { name: string | undefined; text: string };

type Compiled = {
  pattern: RegExp;
  /** What `pattern` captures. */
  fields: { name: string; kind: Kind }[];
  /** Captures what stands between the fields as well. */
  parts: RegExp;
  partNames: Part['name'][];
};

const compiled = new Map<string, Compiled>();

/** `value` by `template`, or undefined where it does not fit. */
export function matchTemplate<T extends string>(template: T, value: string): FieldsOf<T> | undefined {
  const { pattern, fields } = compile(template);
  const match = pattern.exec(value);
  if (!match) return undefined;
  const found: Record<string, string | number | string[]> = {};
  for (let i = 0; i < fields.length; i++) {
    const { name, kind } = fields[i]!;
    const text = match[i + 1];
    if (text === undefined) continue;
    found[name] =
      kind === 'integer' || kind === 'decimal' ? Number(text) : kind === 'words' ? text.split(' ') : text;
  }
  return found as FieldsOf<T>;
}

/** All of `value` in pieces, as `template` has them; undefined where it does not fit. */
export function splitByTemplate(template: string, value: string): Part[] | undefined {
  const { parts, partNames } = compile(template);
  const match = parts.exec(value);
  if (!match) return undefined;
  const found: Part[] = [];
  for (let i = 0; i < partNames.length; i++) {
    const text = match[i + 1];
    if (text !== undefined) found.push({ name: partNames[i], text });
  }
  return found;
}

function compile(template: string): Compiled {
  const known = compiled.get(template);
  if (known) return known;
  const fields: Compiled['fields'] = [];
  const partNames: Compiled['partNames'] = [];
  let [pattern, parts] = ['', ''];
  for (const [token, name, kind] of template.matchAll(/\{(\w+):(\w+)\}|[[\]]|[^{[\]]+/g)) {
    if (name !== undefined) {
      fields.push({ name, kind: kind as Kind });
      partNames.push(name);
      pattern += `(${KINDS[kind as Kind]})`;
      parts += `(${KINDS[kind as Kind]})`;
    } else if (token === '[' || token === ']') {
      pattern += token === '[' ? '(?:' : ')?';
      parts += token === '[' ? '(?:' : ')?';
    } else {
      const literal = token.replace(/[.*+?^$()|\\/-]/g, '\\$&');
      partNames.push(undefined);
      pattern += literal;
      parts += `(${literal})`;
    }
  }
  const result = {
    pattern: new RegExp(`^${pattern}$`, 's'),
    fields,
    parts: new RegExp(`^${parts}$`, 's'),
    partNames,
  };
  compiled.set(template, result);
  return result;
}
