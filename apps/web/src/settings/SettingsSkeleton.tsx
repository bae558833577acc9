import { useText } from '../locales/language.ts';
import { Skeleton } from '../ui/Skeleton.tsx';

/** As high as the groups that come in its place. */
export function SettingsSkeleton() {
  const t = useText();
  return (
    <>
      <p className="sr-only">{t.posts.loading}</p>
      <Skeleton className="h-72 rounded-2xl!" />
      <Skeleton className="h-36 rounded-2xl!" />
    </>
  );
}
