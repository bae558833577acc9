import { usePageText } from '../locales/usePageText.ts';
import { Skeleton } from '../ui/Skeleton.tsx';

const LINES = ['w-3/5', 'w-2/3', 'w-1/2'];

/** Where notifications will be. */
export function NotificationsSkeleton() {
  const t = usePageText();
  return (
    <div className="grid gap-0.5">
      <span className="sr-only">{t.notifications.loading}</span>
      {LINES.map((width) => (
        <div key={width} className="flex gap-3 px-3.5 py-3">
          <Skeleton className="size-9 shrink-0" />
          <div className="grid flex-1 gap-2 py-1">
            <Skeleton className={`h-3.5 ${width}`} />
            <Skeleton className="h-3 w-4/5" />
            <Skeleton className="h-3 w-16" />
          </div>
        </div>
      ))}
    </div>
  );
}
