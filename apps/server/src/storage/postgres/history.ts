import type { Database, Statement } from './connection.ts';

const readNames: Statement = { name: 'read_names', text: 'SELECT epoch, installation FROM history' };

/**
 * Names the history of this database. An operator gives a restored one a new epoch, perhaps while nodes run; each
 * answer about an inbox reads it in its own snapshot, so that the one kept here is only the newest that was seen.
 */
export async function openHistory(db: Database) {
  const { installation, ...first } = await read();
  let { epoch } = first;

  async function read() {
    const [row] = await db.rows<{ epoch: string; installation: string }>(readNames, []);
    if (!row) throw new Error('The table history has no row.');
    return row;
  }

  return {
    installation,
    get epoch() {
      return epoch;
    },
    async readAgain() {
      ({ epoch } = await read());
    },
    /** Passes on what a snapshot said. */
    seen(current: string): string {
      return (epoch = current);
    },
  };
}

export type History = Awaited<ReturnType<typeof openHistory>>;
