import type { Language } from './language.ts';

const DAY = 24 * 60 * 60_000;

/** How many midnights of this machine's time zone lie between the two; never less than none. */
export function daysAgo(date: Date, now: Date): number {
  const dayOf = (time: Date) => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()) / DAY;
  return Math.max(0, dayOf(now) - dayOf(date));
}

/** "Today", "Yesterday", and then the date. */
export function dayName(date: Date, now: Date, language: Language): string {
  const ago = daysAgo(date, now);
  if (ago > 1) {
    const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
    return date.toLocaleDateString(language, { weekday: 'long', month: 'long', day: 'numeric', year });
  }
  const name = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-ago, 'day');
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
