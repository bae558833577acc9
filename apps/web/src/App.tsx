import { lazy, type ReactNode, Suspense, useDeferredValue } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useReadable } from './realtime/useReadable.ts';
import { lastUser } from './session/lastUser.ts';
import { LoginPage } from './session/LoginPage.tsx';
import type { Session } from './session/session.ts';
import { whenCalm } from './system/whenCalm.ts';
import { useWorkerLanguage } from './system/useWorkerLanguage.ts';
import { usePageFocus } from './ui/usePageFocus.ts';
import { Home } from './Home.tsx';
import { HomeSkeleton, LoadFailed, Splash } from './Waiting.tsx';

const SignUpPage = lazy(async () => ({ default: (await import('./session/SignUpPage.tsx')).SignUpPage }));
/** After all that the first page needs. Where it cannot be fetched, nothing is missing but itself. */
const UpdateOffer = lazy<() => ReactNode>(() =>
  whenCalm()
    .then(async () => ({ default: (await import('./system/UpdateOffer.tsx')).UpdateOffer }))
    .catch(() => ({ default: () => null })),
);

export function App({ session }: { session: Session }) {
  useWorkerLanguage();
  usePageFocus();
  return (
    <>
      <Screen session={session} />
      <Suspense fallback={null}>
        <UpdateOffer />
      </Suspense>
    </>
  );
}

function Screen({ session }: { session: Session }) {
  const state = useDeferredValue(useReadable(session.state));
  switch (state.status) {
    case 'loading':
      return lastUser.get() === null ? <Splash /> : <HomeSkeleton />;
    case 'failed':
      return <LoadFailed error={state.error} onRetry={() => void session.load()} />;
    case 'out':
      return (
        <Switch>
          <Route path="/signup">
            <Suspense fallback={<Splash />}>
              <SignUpPage logIn={session.logIn} />
            </Suspense>
          </Route>
          <Route>
            <LoginPage logIn={session.logIn} reason={state.reason} />
          </Route>
        </Switch>
      );
    case 'in':
      return (
        <Switch>
          <Route path="/signup">
            <Redirect to="/" replace />
          </Route>
          <Route>
            <Home key={state.live.id} live={state.live} logOut={session.logOut} />
          </Route>
        </Switch>
      );
  }
}
