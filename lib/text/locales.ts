/** The languages that the course is written in; the first is the one that `/` leads to. */
export const locales = ['en'] as const;

export type Locale = (typeof locales)[number];

export function isLocale(text: string): text is Locale {
  return locales.some((locale) => locale === text);
}
