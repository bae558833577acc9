import { Megaphone } from 'lucide';
import { Icon } from './Icon.tsx';

/** Stands where a notification of likes has its faces. */
export function AnnouncementFace() {
  return (
    <span
      className="grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent"
      aria-hidden="true"
    >
      <Icon of={Megaphone} size={18} />
    </span>
  );
}
