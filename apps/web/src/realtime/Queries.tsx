import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isWorthARetry, waitBeforeRetry } from '../http/retries.ts';
import type { Live } from './live.ts';
import { useLive } from './LiveContext.tsx';

/** Nothing that was asked for in one login is shown in another. */
const clients = new WeakMap<Live, QueryClient>();

/** For pages that ask the server with `useQuery`, which the feed, the first of all pages, does without. */
export function Queries({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={clientOf(useLive())}>{children}</QueryClientProvider>;
}

function clientOf(live: Live): QueryClient {
  const client = clients.get(live) ?? createClient();
  clients.set(live, client);
  return client;
}

/** What changes comes over the socket, so nothing is fetched again without a reason. */
function createClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        networkMode: 'always',
        retry: isWorthARetry,
        retryDelay: waitBeforeRetry,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
