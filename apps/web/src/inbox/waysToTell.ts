import { isQuiet, type Settings } from '@live-likes/contract';
import type { Permission } from '../system/permission.ts';

/** What the ways to tell of something new depend on. */
export interface Moment {
  settings: Settings;
  /** In ms, by the server's clock. */
  now: number;
  /** The person looks at this tab, and has been told what they missed. */
  inView: boolean;
  /** Some tab of this browser is in view. */
  anyInView: boolean;
  permission: Permission;
  /** This tab speaks for all of this browser, through the system. */
  speaks: boolean;
  /** This tab plays the sound for all of this browser. */
  plays: boolean;
}

/** How this tab tells of something new. In quiet hours not at all: the inbox and its number go on. */
export function waysToTell({ settings, now, inView, anyInView, permission, speaks, plays }: Moment) {
  if (isQuiet(settings.quietHours, now)) return { toast: false, sound: false, system: false };
  const bySystem = settings.system && permission === 'granted' && !anyInView;
  return {
    toast: settings.toasts && inView,
    // The system has sounds of its own.
    sound: settings.sound && plays && !bySystem,
    system: bySystem && speaks,
  };
}
