import type { AnnouncementReport } from '@live-likes/contract';
import { usePageText } from '../locales/usePageText.ts';
import { RelativeTime } from '../realtime/RelativeTime.tsx';

export function SentAnnouncement({ report }: { report: AnnouncementReport }) {
  const t = usePageText();
  const { text, createdAt, toEverybody, recipients, delivered, read } = report;
  return (
    <li className="grid gap-3 rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-5">
      <p dir="auto" className="leading-relaxed wrap-anywhere whitespace-pre-wrap">
        {text}
      </p>
      <p className="flex flex-wrap gap-x-1.5 text-sm text-muted">
        <span>
          {toEverybody ? t.announcements.toEverybody(recipients) : t.announcements.toPeople(recipients)}
        </span>
        <span aria-hidden="true">·</span>
        <RelativeTime at={createdAt} />
      </p>
      <div className="grid gap-1.5">
        <span className="relative h-2 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
          <Bar part={delivered} of={recipients} className="bg-accent/35" />
          <Bar part={read} of={recipients} className="bg-accent" />
        </span>
        <p className="text-sm tabular-nums">{t.announcements.progress(delivered, recipients, read)}</p>
      </div>
    </li>
  );
}

function Bar({ part, of, className }: { part: number; of: number; className: string }) {
  return (
    <span
      className={`absolute inset-y-0 left-0 rounded-full transition-[width] ${className}`}
      style={{ width: `${of > 0 ? Math.min(100, (100 * part) / of) : 0}%` }}
    />
  );
}
