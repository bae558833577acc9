import { Avatar, type Face } from './Avatar.tsx';

interface AvatarStackProps {
  users: Face[];
  ringClass: string;
  /** One above the other: as wide as one face, however many there are. */
  upright?: boolean;
}

/** Up to three faces, the most recent in front. */
export function AvatarStack({ users, ringClass, upright = false }: AvatarStackProps) {
  const shape = upright && users.length > 1 ? 'size-7 text-2xs' : 'size-9 text-xs';
  const overlap = upright ? '-mt-2' : '-ml-2.5';
  return (
    <span className={`flex shrink-0 ${upright ? 'w-9 flex-col items-center' : ''}`} aria-hidden="true">
      {users.map((user, index) => (
        <span
          key={index}
          className={`relative flex rounded-full ring-2 ${ringClass} ${index > 0 ? overlap : ''} ${LAYER[index]}`}
        >
          <Avatar user={user} className={shape} />
        </span>
      ))}
    </span>
  );
}

const LAYER = ['z-2', 'z-1', 'z-0'];
