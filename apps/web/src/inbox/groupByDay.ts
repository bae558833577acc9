import type { Notification } from '@live-likes/contract';
import { daysAgo } from '../locales/days.ts';

export interface Day {
  /** Of its newest notification. */
  date: Date;
  items: Notification[];
}

/** @param items newest first */
export function groupByDay(items: readonly Notification[], now: Date): Day[] {
  const days = new Map<number, Day>();
  for (const item of items) {
    const date = new Date(item.updatedAt);
    const ago = daysAgo(date, now);
    const day = days.get(ago);
    if (day) day.items.push(item);
    else days.set(ago, { date, items: [item] });
  }
  return [...days.values()];
}
