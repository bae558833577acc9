import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startLanguage } from './locales/language.ts';
import { createSession } from './session/session.ts';
import { ErrorBoundary } from './ui/ErrorBoundary.tsx';
import './ui/theme.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// Outside of React: StrictMode mounts twice, and there must be one connection per login.
const session = createSession();
void session.load();

await startLanguage();

startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <App session={session} />
      </ErrorBoundary>
    </StrictMode>,
  ),
);
