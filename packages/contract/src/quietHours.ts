import type { QuietHours } from './settings.ts';

/**
 * Whether nothing should pop up or be pushed at this moment. From and to the same time is never.
 *
 * @param now in ms, by the server's clock
 */
export function isQuiet(quietHours: QuietHours | null, now: number): boolean {
  if (!quietHours) return false;
  const { from, to, timeZone } = quietHours;
  const time = timeOfDay(now, timeZone);
  return from <= to ? from <= time && time < to : from <= time || time < to;
}

/** `HH:MM`, which sorts as text. A zone that is not known here is taken for UTC. */
function timeOfDay(now: number, timeZone: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(now);
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(now);
  }
}
