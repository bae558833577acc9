import { type ChangeSettings, ErrorCode, type Settings } from '@live-likes/contract';
import { Refusal } from '../errors.ts';
import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';

/**
 * Changes how a user is told of things, on all of their devices.
 *
 * @throws {Refusal} `INVALID` for a time zone that nobody knows.
 */
export async function changeSettings(
  store: Store,
  publish: Publish,
  userId: string,
  changes: ChangeSettings,
): Promise<Settings> {
  const timeZone = changes.quietHours?.timeZone;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new Refusal(ErrorCode.INVALID, 'quietHours.timeZone: There is no such time zone.');
  }
  const { settings, changed } = await store.changeSettings(userId, changes);
  if (changed) publish.settings(userId, settings);
  return settings;
}

/** A name of the IANA's; offsets like `+01:00`, which know no summer time, are none. */
function isTimeZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
