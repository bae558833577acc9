import { Megaphone } from 'lucide-react';

/** Stands where a notification of likes has its faces. */
export function AnnouncementFace() {
  return (
    <span
      className="grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent"
      aria-hidden="true"
    >
      <Megaphone size={18} />
    </span>
  );
}
