import type { User } from '@live-likes/contract';

/** As the server searches. */
const fold = (text: string) => text.normalize('NFC').toLowerCase();

/** Of those found, whom the words may still mean and who is not chosen yet. */
export function candidates(found: readonly User[], words: string, chosen: readonly User[]): User[] {
  const wanted = fold(words.trim());
  const taken = new Set(chosen.map((user) => user.id));
  return found.filter(
    ({ id, name, username }) =>
      !taken.has(id) && (fold(name).includes(wanted) || fold(username).includes(wanted)),
  );
}

/** The option that an arrow key leads to, round and round; -1 is none yet. */
export function nextOption(active: number, key: 'ArrowDown' | 'ArrowUp', count: number): number {
  if (count === 0) return -1;
  if (key === 'ArrowDown') return (active + 1) % count;
  return active <= 0 ? count - 1 : active - 1;
}
