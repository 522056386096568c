import format, { type CompiledMessage } from 'icu-minify/format';
import { createNumberFormat } from './number-format';

/** A reference to a message of the catalogue: what pure code says instead of a sentence. */
export type MessageRef = { key: string; values?: MessageValues };
export type MessageValues = Record<string, string | number>;

/** Compiled ICU messages by dotted key, e.g. `labs.slow-start.title`. Serialisable. */
export type Messages = Record<string, CompiledMessage>;

/** Says a message in the reader's language. `has` tells whether the catalogue knows a key. */
export type Text = {
  (key: string, values?: MessageValues): string;
  (ref: MessageRef): string;
  has(key: string): boolean;
  locale: string;
};

/** Making a formatter of Intl costs a hundred times what using it does, so each is made once. */
function remembered<Options, Formatter>(create: (locale: string, options?: Options) => Formatter) {
  const made = new Map<string, Formatter>();
  return (locale: Intl.LocalesArgument, options?: Options): Formatter => {
    const key = `${String(locale)}${options === undefined ? '' : JSON.stringify(options)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const formatter = create(String(locale), options);
    made.set(key, formatter);
    return formatter;
  };
}

// As many as the catalogue has kinds of numbers: a dozen.
const formatters = {
  getDateTimeFormat: remembered(
    (locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
  ),
  getNumberFormat: remembered((locale, options?: Intl.NumberFormatOptions) =>
    // icu-minify calls nothing but `format`.
    options === undefined
      ? (createNumberFormat(locale) as Intl.NumberFormat)
      : new Intl.NumberFormat(locale, options),
  ),
  getPluralRules: remembered(
    (locale, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
  ),
};

/**
 * Binds a catalogue. Keys are looked up below `prefix` first (so a lab says `title`), then as they stand.
 * An unknown key is answered with the key itself in brackets: visible, harmless, and found by the catalogue
 * test, which reads every page for it.
 */
export function createText(messages: Messages, locale: string, prefix = ''): Text {
  const find = (key: string): CompiledMessage | undefined => {
    if (prefix && Object.hasOwn(messages, `${prefix}.${key}`)) return messages[`${prefix}.${key}`];
    return Object.hasOwn(messages, key) ? messages[key] : undefined;
  };
  const say = (keyOrRef: string | MessageRef, values?: MessageValues): string => {
    const { key, values: refValues } =
      typeof keyOrRef === 'string'
        ? { key: keyOrRef, values }
        : { key: keyOrRef.key, values: keyOrRef.values };
    const message = find(key);
    if (message === undefined) return `[${key}]`;
    return String(format(message, locale, refValues, { formatters }));
  };
  return Object.assign(say, { has: (key: string) => find(key) !== undefined, locale });
}
