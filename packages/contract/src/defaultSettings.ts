import type { Settings } from './settings.ts';

/** In a file without schemas, so that a browser needs no zod for it. */
export const DEFAULT_SETTINGS: Settings = {
  toasts: true,
  sound: false,
  system: false,
  quietHours: null,
  rev: 0,
};
