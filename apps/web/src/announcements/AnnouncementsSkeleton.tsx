import { usePageText } from '../locales/usePageText.ts';
import { Skeleton } from '../ui/Skeleton.tsx';

export function FormSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-4 rounded-2xl border border-line bg-surface p-4 sm:p-5">
      <Skeleton className="h-3.5 w-32" />
      <Skeleton className="h-28 rounded-xl!" />
      <Skeleton className="h-3.5 w-48" />
      <Skeleton className="h-10 w-24 justify-self-end" />
    </div>
  );
}

const LINES = ['w-11/12', 'w-3/5'];

export function ListSkeleton() {
  const t = usePageText();
  return (
    <div className="grid gap-4">
      <span className="sr-only">{t.announcements.loading}</span>
      {LINES.map((width) => (
        <div key={width} className="grid gap-3 rounded-2xl border border-line bg-surface p-4 sm:p-5">
          <Skeleton className={`h-3.5 ${width}`} />
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-2 w-full" />
        </div>
      ))}
    </div>
  );
}
