import type { Language } from './language.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const agoIn = forEach(
  (language) => new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'narrow' }),
);
const wholeIn = forEach(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }),
);

/** One for each language: a feed has dozens of times, and making a formatter takes far longer than using it. */
function forEach<Formatter>(make: (language: Language) => Formatter) {
  const made = new Map<Language, Formatter>();
  return (language: Language) => {
    const formatter = made.get(language) ?? make(language);
    made.set(language, formatter);
    return formatter;
  };
}

/** How long ago `date` was, in the words of the language; undefined for less than a minute. */
export function relativeTime(date: Date, now: Date, language: Language): string | undefined {
  const past = now.getTime() - date.getTime();
  if (past < MINUTE) return undefined;
  const ago = agoIn(language);
  if (past < HOUR) return ago.format(-Math.floor(past / MINUTE), 'minute');
  if (past < DAY) return ago.format(-Math.floor(past / HOUR), 'hour');
  if (past < 7 * DAY) return ago.format(-Math.floor(past / DAY), 'day');
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString(language, { month: 'short', day: 'numeric', year });
}

/** Date and time to the second. */
export const wholeTime = (date: Date, language: Language) => wholeIn(language).format(date);

/** The time of day, with the day if that is not today. */
export function clockTime(date: Date, language: Language, now = new Date()): string {
  const day: Intl.DateTimeFormatOptions =
    date.toDateString() === now.toDateString() ? {} : { month: 'short', day: 'numeric' };
  return date.toLocaleString(language, { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}
