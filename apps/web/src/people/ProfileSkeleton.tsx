import { usePageText } from '../locales/usePageText.ts';
import { Skeleton } from '../ui/Skeleton.tsx';

/** Where a person will be. */
export function ProfileSkeleton() {
  const t = usePageText();
  return (
    <>
      <h1 className="sr-only">{t.people.loading}</h1>
      <div
        aria-hidden="true"
        className="flex gap-4 rounded-2xl border border-line bg-surface p-4 sm:gap-5 sm:p-5"
      >
        <Skeleton className="size-16 shrink-0 sm:size-20" />
        <div className="grid flex-1 content-start gap-3 pt-1">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-3.5 w-24" />
          <Skeleton className="h-3.5 w-52 max-w-full" />
        </div>
      </div>
    </>
  );
}
