import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from './Button.tsx';
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
    return (
      <main className="mx-auto max-w-xl p-6">
        <Notice
          icon={<TriangleAlert size={22} />}
          title="This page broke"
          action={<Button onClick={() => location.reload()}>Reload</Button>}
        >
          Nothing is lost: what you did is on the server. Reloading usually helps.
        </Notice>
      </main>
    );
  }
}
