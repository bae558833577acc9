/** Of the box around a notification that is not read yet, which must be `relative`. */
export const UNREAD_LOOK =
  'bg-accent-soft [--plate:var(--accent-soft)] before:absolute before:inset-y-3 before:left-0 before:w-1 before:rounded-full before:bg-accent';
