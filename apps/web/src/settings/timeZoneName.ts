import type { Language } from '../locales/language.ts';

/** "Central European Time"; the zone as it is called by computers where this browser has no name for it. */
export function timeZoneName(timeZone: string, language: Language): string {
  try {
    const parts = new Intl.DateTimeFormat(language, {
      timeZone,
      timeZoneName: 'longGeneric',
    }).formatToParts();
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
  } catch {
    return timeZone;
  }
}
