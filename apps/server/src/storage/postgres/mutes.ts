import type { Store, Touched } from '../store.ts';
import type { Database, Statement } from './connection.ts';
import { lockAuthor } from './locks.ts';

/** Stamps the notification anew, so that the author's devices learn of the flag; `seq` is what it was. */
const mute: Statement = {
  name: 'mute_post',
  text: `
    WITH flag AS (UPDATE post SET muted = $2 WHERE id = $1 AND muted <> $2 RETURNING id),
    told AS (
      UPDATE notification n SET seq = i.seq + 1 FROM flag, inbox i
      WHERE n.post_id = flag.id AND n.removed = 0 AND i.user_id = n.recipient_id
      RETURNING n.recipient_id, i.seq)
    UPDATE inbox i SET seq = told.seq + 1 FROM told WHERE i.user_id = told.recipient_id
    RETURNING i.user_id AS "userId", told.seq AS "from"`,
};

export function muteStore(db: Database): Pick<Store, 'mutePost'> {
  return {
    mutePost: (id, muted) =>
      db.transaction(async (tx) => {
        const values = [id, Number(muted)];
        const [, touched] = await Promise.all([tx.rows(lockAuthor, [id]), tx.rows<Touched>(mute, values)]);
        return touched;
      }),
  };
}
