import type { PublicConfig } from '@live-likes/contract';
import { ArrowRight, Sparkles } from 'lucide';
import { type ReactNode, useEffect, useState } from 'react';
import { createCall } from '../http/api.ts';
import { useText } from '../locales/language.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';

const DEMO_PASSWORD = 'live-likes-demo';
const USUAL_DEMO_USERS = 4;
const call = createCall();

interface QuickLoginsProps {
  disabled: boolean;
  onLogIn(path: string, body: { username?: string; password?: string }): void;
}

/** One click per demo user, where the server has them, and one for a guest. */
export function QuickLogins({ disabled, onLogIn }: QuickLoginsProps) {
  const t = useText();
  const demoUsers = useDemoUsers();
  return (
    <div className="grid grid-cols-2 gap-2.5">
      {demoUsers === null &&
        Array.from({ length: USUAL_DEMO_USERS }, (_, index) => (
          <Skeleton key={index} className="h-14 rounded-2xl" />
        ))}
      {demoUsers?.map(({ username, name }) => (
        <QuickLogin
          key={username}
          disabled={disabled}
          onClick={() => onLogIn('/auth/sign-in/username', { username, password: DEMO_PASSWORD })}
        >
          <Avatar user={{ name, image: null }} className="size-9 text-sm" />
          <Words above={t.login.continueAs} below={name} />
        </QuickLogin>
      ))}
      <QuickLogin wide disabled={disabled} onClick={() => onLogIn('/auth/sign-in/anonymous', {})}>
        <span className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text">
          <Icon of={Sparkles} size={18} />
        </span>
        <Words above={t.login.continueAs} below={t.login.guest} />
        <Icon of={ArrowRight} size={18} className="ml-auto text-muted" />
      </QuickLogin>
    </div>
  );
}

function Words({ above, below }: { above: string; below: string }) {
  return (
    <span className="grid min-w-0">
      <span className="text-xs text-muted">{above} </span>
      <span className="truncate text-sm font-semibold">{below}</span>
    </span>
  );
}

interface QuickLoginProps {
  disabled: boolean;
  wide?: boolean;
  onClick(): void;
  children: ReactNode;
}

function QuickLogin({ disabled, wide = false, onClick, children }: QuickLoginProps) {
  return (
    <button
      type="button"
      aria-disabled={disabled}
      onClick={onClick}
      className={`flex min-h-14 items-center gap-3 rounded-2xl border border-line bg-surface px-3 py-2 text-left shadow-card transition hover:border-accent-text hover:bg-accent-soft aria-disabled:opacity-55 ${wide ? 'col-span-2' : ''}`}
    >
      {children}
    </button>
  );
}

/** Null until known; empty where the server has none, or does not answer. */
function useDemoUsers() {
  const [demoUsers, setDemoUsers] = useState<PublicConfig['demoUsers'] | null>(null);
  useEffect(() => {
    call<PublicConfig>('GET', '/config').then(
      (config) => setDemoUsers(config.demo ? config.demoUsers : []),
      () => setDemoUsers([]),
    );
  }, []);
  return demoUsers;
}
