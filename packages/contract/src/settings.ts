import { z } from 'zod';
import { type User, userSchema } from './shapes.ts';

const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** From one time of day to another, `HH:MM`, possibly over midnight, in an IANA time zone. */
export const quietHoursSchema = z.strictObject({
  from: timeOfDaySchema,
  to: timeOfDaySchema,
  timeZone: z.string().min(1).max(64),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

const settings = {
  /** Pop-ups in the page. */
  toasts: z.boolean(),
  /** A short sound with each pop-up. */
  sound: z.boolean(),
  /** The system's own notifications, on devices where they were allowed. */
  system: z.boolean(),
  /** Nothing pops up, sounds or is pushed meanwhile; the inbox goes on. */
  quietHours: quietHoursSchema.nullable(),
};

/** How a user wants to be told, on all devices. Of two, the one with the higher `rev` is the newer. */
export const settingsSchema = z.object({ ...settings, rev: z.int().nonnegative() });
export type Settings = z.infer<typeof settingsSchema>;

export const changeSettingsSchema = z.strictObject(settings).partial();
export type ChangeSettings = z.infer<typeof changeSettingsSchema>;

/** What only the user themself may see. */
export interface Me {
  user: User;
  /** May announce. */
  admin: boolean;
  settings: Settings;
  /** The server's public key for Web Push (VAPID, base64url); null where it has none. */
  pushKey: string | null;
}

/** What everybody may see of a person. */
export const profileSchema = z.object({
  user: userSchema,
  joinedAt: z.iso.datetime(),
  postCount: z.int().nonnegative(),
});
export type Profile = z.infer<typeof profileSchema>;
