import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isWorthARetry, waitBeforeRetry } from '../http/retries.ts';
import { useLive } from './LiveContext.tsx';
import { perLogin } from './perLogin.ts';

/** For pages that ask the server with `useQuery`, which the feed, the first of all pages, does without. */
export function Queries({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={clientOf(useLive())}>{children}</QueryClientProvider>;
}

/** What changes comes over the socket, so nothing is fetched again without a reason. */
const clientOf = perLogin(
  () =>
    new QueryClient({
      defaultOptions: {
        queries: {
          staleTime: Infinity,
          networkMode: 'always',
          retry: isWorthARetry,
          retryDelay: waitBeforeRetry,
        },
        mutations: { networkMode: 'always' },
      },
    }),
);
