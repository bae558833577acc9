import type { Audience } from '@live-likes/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLive } from '../realtime/LiveContext.tsx';
import { useReadable } from '../realtime/useReadable.ts';
import { useThrottled } from '../ui/useThrottled.ts';

/** The server is not asked more often. */
const APART_MS = 1_000;
/** One who comes while another goes leaves the number of those online as it is. */
const REFRESH_MS = 10_000;
const NOBODY = JSON.stringify({ to: [] });

/** Whom an announcement to these ids would reach; null stands for everybody. */
export function useAudience(to: string[] | null): AudienceState {
  const { call, client } = useLive();
  const online = useReadable(client.online);
  const wanted = JSON.stringify({ to: to ?? undefined });
  // One string of both: a change of either waits for its turn.
  const asked = useThrottled(`${online} ${wanted}`, APART_MS);
  const body = asked.slice(asked.indexOf(' ') + 1);
  const { data, isError } = useQuery({
    queryKey: ['audience', asked],
    queryFn: async () => ({
      of: body,
      audience: await call<Audience>('POST', '/announcements/audience', JSON.parse(body)),
    }),
    enabled: body !== NOBODY,
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    staleTime: 0,
    gcTime: 0,
  });
  return { audience: data?.of === wanted ? data.audience : null, failed: isError };
}

export interface AudienceState {
  /** Null until it is known for this choice of people. */
  audience: Audience | null;
  failed: boolean;
}
