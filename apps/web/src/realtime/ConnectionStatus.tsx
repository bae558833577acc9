import { useText } from '../locales/language.ts';
import type { ConnectionState } from './live.ts';
import { useLive } from './LiveContext.tsx';
import { useReadable } from './useReadable.ts';

const DOT: Record<ConnectionState, string> = {
  live: 'bg-live',
  'catching-up': 'bg-warn',
  offline: 'bg-line-strong',
};

export function ConnectionStatus() {
  const t = useText();
  const { client, lastSeen } = useLive();
  const state = useReadable(client.connection);
  const online = useReadable(client.online);
  // Only a first try that has not failed yet is no more than slow.
  const known = useReadable(client.inbox).epoch !== null || lastSeen !== null;
  const words: Record<ConnectionState, [label: string, hint: string]> = {
    live: [t.connection.live, t.connection.liveHint],
    'catching-up': [t.connection.catchingUp, t.connection.catchingUpHint],
    offline: [known ? t.connection.offline : t.connection.connecting, t.connection.offlineHint],
  };
  const [label, hint] = words[state];
  return (
    <p className="flex items-center gap-2 rounded-full border border-line bg-surface px-2.5 py-1 text-xs font-medium text-muted">
      <span
        data-testid="connection"
        data-state={state}
        title={hint}
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
          <span className="whitespace-nowrap tabular-nums">{t.connection.online(online)}</span>
        </>
      )}
    </p>
  );
}
