/** Words by language. An instance is made for each document, so that requests do not share one. */
import { createInstance } from 'i18next';
import type { i18n } from 'i18next';
import deFaults from '../locales/de.faults.json';
import de from '../locales/de.json';
import en from '../locales/en.json';

export type Language = 'en' | 'de';

export function makeI18n(language: Language): i18n {
  const words = createInstance();
  void words.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, de: { translation: de, faults: deFaults } },
    // React escapes what it draws.
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    initAsync: false,
  });
  return words;
}

/** Shopify's `locale`, e.g. "de-DE", as a locale of numbers and dates, and the language of our words. */
export function localesOf(asked: string | null): { locale: string; language: Language } {
  const language: Language = asked?.toLowerCase().startsWith('de') ? 'de' : 'en';
  const ours = asked !== null && asked.toLowerCase().startsWith(language);
  try {
    return { locale: (ours && Intl.getCanonicalLocales(asked)[0]) || language, language };
  } catch {
    return { locale: language, language };
  }
}
