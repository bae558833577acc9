import type { User } from '@live-likes/contract';

export type Face = Pick<User, 'name' | 'image'>;

const graphemes = new Intl.Segmenter();

function initials(name: string) {
  const words = name.trim().split(/\s+/);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked
    .map((word) => firstGrapheme(word ?? ''))
    .join('')
    .toUpperCase();
}

function firstGrapheme(word: string) {
  for (const { segment } of graphemes.segment(word)) return segment;
  return '';
}

const FNV_OFFSET = 2166136261;
const FNV_PRIME = 16777619;

/** Names that are alike get colours that are not. */
function hueOf(name: string) {
  let hash = FNV_OFFSET;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), FNV_PRIME) >>> 0;
  return (hash >>> 8) % 360;
}

/** Decorative: the name always stands beside it, or is the label of what holds it. */
export function Avatar({ user, className = 'size-10 text-sm' }: { user: Face; className?: string }) {
  const shape = `inline-flex shrink-0 items-center justify-center overflow-hidden rounded-full ${className}`;
  if (user.image) return <img src={user.image} alt="" className={`object-cover ${shape}`} />;
  // One lightness for every hue keeps white initials readable on all of them.
  return (
    <span
      aria-hidden="true"
      className={`font-semibold tracking-wide whitespace-nowrap text-white select-none ${shape}`}
      style={{ backgroundColor: `oklch(0.52 0.12 ${hueOf(user.name)})` }}
    >
      {initials(user.name)}
    </span>
  );
}
