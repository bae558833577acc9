import { Navigate, Route, Routes } from 'react-router';
import { useReadable } from './realtime/useReadable.ts';
import { lastUser } from './session/lastUser.ts';
import { LoginPage } from './session/LoginPage.tsx';
import type { Session } from './session/session.ts';
import { SignUpPage } from './session/SignUpPage.tsx';
import { Home } from './Home.tsx';
import { HomeSkeleton, LoadFailed, Splash } from './Waiting.tsx';

export function App({ session }: { session: Session }) {
  const state = useReadable(session.state);
  switch (state.status) {
    case 'loading':
      return lastUser.get() === null ? <Splash /> : <HomeSkeleton />;
    case 'failed':
      return <LoadFailed message={state.message} onRetry={() => void session.load()} />;
    case 'out':
      return (
        <Routes>
          <Route path="/signup" element={<SignUpPage logIn={session.logIn} />} />
          <Route path="*" element={<LoginPage logIn={session.logIn} notice={state.notice} />} />
        </Routes>
      );
    case 'in':
      return (
        <Routes>
          <Route path="/signup" element={<Navigate to="/" replace />} />
          <Route path="*" element={<Home key={state.live.id} live={state.live} logOut={session.logOut} />} />
        </Routes>
      );
  }
}
