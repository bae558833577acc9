import { Skeleton } from '../ui/Skeleton.tsx';

const LINES = ['w-11/12', 'w-3/5', 'w-4/5'];

/** Where the posts will be. Needs nothing, so it can be in the first paint. */
export function FeedSkeleton() {
  return (
    <div aria-hidden="true" className="grid gap-4">
      {LINES.map((width) => (
        <div key={width} className="rounded-2xl border border-line bg-surface p-4 sm:p-5">
          <div className="flex items-center gap-3">
            <Skeleton className="size-10" />
            <div className="grid flex-1 gap-2">
              <Skeleton className="h-3.5 w-32" />
              <Skeleton className="h-3 w-20" />
            </div>
          </div>
          <Skeleton className={`mt-5 h-3.5 ${width}`} />
          <Skeleton className="mt-3 h-3.5 w-1/2" />
          <Skeleton className="mt-6 mb-1 h-5 w-14" />
        </div>
      ))}
    </div>
  );
}
