import type { ConnectionState } from './live.ts';
import { useLive } from './LiveContext.tsx';
import { useReadable } from './useReadable.ts';

const LABEL: Record<ConnectionState, string> = {
  live: 'Live',
  'catching-up': 'Catching up',
  offline: 'Offline',
};
const EXPLANATION: Record<ConnectionState, string> = {
  live: 'Connected: everything arrives as it happens.',
  'catching-up': 'Connected: fetching what happened meanwhile.',
  offline: 'Not connected: trying again by itself.',
};
const DOT: Record<ConnectionState, string> = {
  live: 'bg-live',
  'catching-up': 'bg-warn',
  offline: 'bg-line-strong',
};

export function ConnectionStatus() {
  const { client } = useLive();
  const state = useReadable(client.connection);
  const online = useReadable(client.online);
  const everConnected = useReadable(client.inbox).epoch !== null;
  const label = state === 'offline' && !everConnected ? 'Connecting' : LABEL[state];
  return (
    <p className="flex items-center gap-2 rounded-full border border-line bg-surface px-2.5 py-1 text-xs font-medium text-muted">
      <span
        data-testid="connection"
        data-state={state}
        title={EXPLANATION[state]}
        className="flex items-center gap-1.5 whitespace-nowrap"
      >
        <span className="relative flex size-2" aria-hidden="true">
          {state === 'live' && <span className="absolute inset-0 animate-ring rounded-full bg-live" />}
          <span className={`relative size-2 rounded-full ${DOT[state]}`} />
        </span>
        <span className={state === 'live' ? 'max-sm:sr-only' : ''}>{label}</span>
      </span>
      {state === 'live' && (
        <>
          <span className="h-3 w-px bg-line max-sm:hidden" aria-hidden="true" />
          <span className="whitespace-nowrap tabular-nums">{online} online</span>
        </>
      )}
    </p>
  );
}
