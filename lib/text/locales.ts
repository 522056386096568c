/** The languages that the course is written in. */
export const locales = ['en'] as const;

export type Locale = (typeof locales)[number];

/** The one that `/` leads to. */
export const defaultLocale: Locale = 'en';

export function isLocale(text: string): text is Locale {
  return locales.some((locale) => locale === text);
}
