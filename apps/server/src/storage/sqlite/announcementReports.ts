import type { DatabaseSync } from 'node:sqlite';
import type { AnnouncementReport } from '@live-likes/contract';
import type { Store } from '../store.ts';
import { guarded } from './connection.ts';
import { recipientsIn } from './recipients.ts';

interface ReportColumns {
  id: string;
  text: string;
  created_at: number;
  to_everybody: number;
  recipients: number;
  delivered: number;
  read: number;
}

type AnnouncementReportStore = Pick<Store, 'announcements' | 'countUsers' | 'knownUsers'>;

/** What has become of the announcements, whose ids sort by the time they were made. */
export function announcementReportStore(db: DatabaseSync): AnnouncementReportStore {
  const page = db.prepare(`
    SELECT id, text, created_at, audience IS NULL AS to_everybody, recipients, delivered, read
    FROM announcement WHERE id < ? ORDER BY id DESC LIMIT ?`);
  const recipients = recipientsIn(db);

  return {
    announcements: ({ before = '~', limit }) =>
      guarded(() => {
        const rows = page.all(before, limit + 1) as unknown as ReportColumns[];
        const announcements = rows.slice(0, limit).map(toReport);
        return { announcements, next: rows.length > limit ? (announcements.at(-1)?.id ?? null) : null };
      }),
    countUsers: () => guarded(recipients.countAll),
    knownUsers: (ids) => guarded(() => recipients.known(ids)),
  };
}

function toReport({ created_at, to_everybody, ...row }: ReportColumns): AnnouncementReport {
  return { ...row, createdAt: new Date(created_at).toISOString(), toEverybody: to_everybody === 1 };
}
