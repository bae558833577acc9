import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

const MARK_BYTES = 128;

/**
 * Names the history of this database and notices when an older copy of the file was put back: a mark
 * beside the file holds the last epoch and commit that anybody was told of. Where the mark is missing
 * or ahead of the database, what clients know may never have happened here, and a new epoch begins.
 */
export function openHistory(db: DatabaseSync, markPath: string) {
  const mark = openSync(markPath, constants.O_RDWR | constants.O_CREAT, 0o600);
  const stored = db.prepare('SELECT epoch, commits FROM history').get() as
    { epoch: string; commits: number } | undefined;
  const seen = readMark();
  const known = stored !== undefined && seen?.epoch === stored.epoch && seen.commits <= stored.commits;
  const epoch = known ? stored.epoch : randomUUID();
  const commits = stored?.commits ?? 0;
  if (!known)
    db.prepare('INSERT OR REPLACE INTO history (id, epoch, commits) VALUES (1, ?, ?)').run(epoch, commits);
  writeMark(commits);

  const count = db.prepare('UPDATE history SET commits = commits + 1 RETURNING commits');

  function readMark(): { epoch: string; commits: number } | null {
    const bytes = Buffer.alloc(MARK_BYTES);
    const length = readSync(mark, bytes, 0, MARK_BYTES, 0);
    const [seenEpoch, seenCommits] = bytes.toString('utf8', 0, length).trim().split(' ');
    return seenEpoch && seenCommits ? { epoch: seenEpoch, commits: Number(seenCommits) } : null;
  }

  function writeMark(number: number) {
    writeSync(mark, `${epoch} ${number}`.padEnd(MARK_BYTES), 0);
  }

  return {
    epoch,
    /** Counts a change of inboxes; call inside its transaction. */
    count: () => (count.get() as { commits: number }).commits,
    /**
     * Call when the counted change is on disk, before anybody is told of it. A mark that cannot be written undoes
     * nothing, so it is no reason to refuse: it stays behind until the next one.
     */
    mark(number: number) {
      try {
        writeMark(number);
      } catch {
        // As above.
      }
    },
    close: () => closeSync(mark),
  };
}

export type History = ReturnType<typeof openHistory>;
