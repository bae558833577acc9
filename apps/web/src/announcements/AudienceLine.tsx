import type { User } from '@live-likes/contract';
import { usePageText } from '../locales/usePageText.ts';
import type { AudienceState } from './useAudience.ts';

interface AudienceLineProps extends AudienceState {
  /** Null: everybody. */
  chosen: User[] | null;
}

/** How many it will reach, and how many of those would see it at once. */
export function AudienceLine({ chosen, audience, failed }: AudienceLineProps) {
  const t = usePageText();
  const look = 'mr-auto text-sm text-muted tabular-nums';
  if (chosen?.length === 0) return <p className={look}>{t.announcements.chooseSomebody}</p>;
  if (audience)
    return <p className={look}>{t.announcements.reaches(audience.recipients, audience.online)}</p>;
  if (failed) return <p className={look}>{t.announcements.audienceFailed}</p>;
  return <p className={`${look} animate-late`}>{t.announcements.counting}</p>;
}
