import type { AnnouncementReport } from '@live-likes/contract';
import type { Store } from '../store.ts';
import type { Database, Statement } from './connection.ts';

interface ReportColumns {
  id: string;
  text: string;
  created_at: number;
  to_everybody: boolean;
  recipients: number;
  delivered: number;
  read: number;
}

const page: Statement = {
  name: 'announcements',
  text: `
    SELECT id, text, created_at, audience IS NULL AS to_everybody, recipients, delivered, read
    FROM announcement WHERE id < $1 ORDER BY id DESC LIMIT $2`,
};
const everybody: Statement = { name: 'count_users', text: 'SELECT count(*) AS n FROM "user"' };
const known: Statement = { name: 'known_users', text: 'SELECT id FROM "user" WHERE id = ANY ($1)' };

type AnnouncementReportStore = Pick<Store, 'announcements' | 'countUsers' | 'knownUsers'>;

/** What has become of the announcements, whose ids sort by the time they were made. */
export function announcementReportStore(db: Database): AnnouncementReportStore {
  return {
    async announcements({ before = '~', limit }) {
      const rows = await db.rows<ReportColumns>(page, [before, limit + 1]);
      const announcements = rows.slice(0, limit).map(toReport);
      return { announcements, next: rows.length > limit ? (announcements.at(-1)?.id ?? null) : null };
    },

    async countUsers() {
      const [row] = await db.rows<{ n: number }>(everybody, []);
      return row?.n ?? 0;
    },

    async knownUsers(ids) {
      const rows = await db.rows<{ id: string }>(known, [ids]);
      return rows.map(({ id }) => id);
    },
  };
}

function toReport({ created_at, to_everybody: toEverybody, ...row }: ReportColumns): AnnouncementReport {
  return { ...row, createdAt: new Date(created_at).toISOString(), toEverybody };
}
