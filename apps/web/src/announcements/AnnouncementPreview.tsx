import { usePageText } from '../locales/usePageText.ts';
import { AnnouncementFace } from '../ui/AnnouncementFace.tsx';
import { UNREAD_LOOK } from '../ui/unreadLook.ts';

/** The notification that the recipients will have. */
export function AnnouncementPreview({ text }: { text: string }) {
  const t = usePageText();
  return (
    <section aria-label={t.announcements.preview} className="grid gap-1.5">
      <h2 className="text-sm font-medium">{t.announcements.preview}</h2>
      <div className="rounded-2xl border border-dashed border-line p-1.5">
        <div className={`relative flex items-start gap-3 rounded-2xl px-3.5 py-3 ${UNREAD_LOOK}`}>
          <AnnouncementFace />
          <div className="grid min-w-0 flex-1 gap-0.5">
            {text === '' ? (
              <p className="text-sm text-muted">{t.announcements.previewEmpty}</p>
            ) : (
              <p dir="auto" className="line-clamp-3 text-sm font-semibold wrap-anywhere">
                {text}
              </p>
            )}
            <p className="text-xs text-muted">{t.time.justNow}</p>
          </div>
          <span className="mt-1.5 size-2.5 shrink-0 rounded-full bg-accent" aria-hidden="true" />
        </div>
      </div>
    </section>
  );
}
