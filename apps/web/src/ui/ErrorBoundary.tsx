import { TriangleAlert } from 'lucide';
import { Component, type ReactNode } from 'react';
import { text } from '../locales/language.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { Notice } from './Notice.tsx';

interface ErrorBoundaryProps {
  children: ReactNode;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const t = text();
    return (
      <main className="mx-auto max-w-xl p-6">
        <Notice
          icon={<Icon of={TriangleAlert} size={22} />}
          title={t.app.broke}
          action={<Button onClick={() => location.reload()}>{t.app.reload}</Button>}
        >
          {t.app.brokeHint}
        </Notice>
      </main>
    );
  }
}
