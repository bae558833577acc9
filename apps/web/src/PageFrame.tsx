import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useText } from './locales/language.ts';
import { Logo } from './ui/Logo.tsx';

interface PageFrameProps {
  /** Right side of the header. */
  tools?: ReactNode;
  banner?: ReactNode;
  children: ReactNode;
}

export function PageFrame({ tools, banner, children }: PageFrameProps) {
  const t = useText();
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-60 rounded-full bg-accent px-4 py-2 text-sm font-semibold text-on-accent not-focus:sr-only"
      >
        {t.app.skipToMain}
      </a>
      <div className="sticky top-0 z-40">
        {/* The blur has an element of its own: around the tools it would catch what is fixed to the screen. */}
        <header className="relative border-b border-line bg-page/92 before:absolute before:inset-0 before:-z-1 before:backdrop-blur-md">
          <div className="mx-auto flex h-15 max-w-5xl items-center gap-1.5 px-3 sm:gap-3 sm:px-6">
            <Link to="/" className="mr-auto flex items-center gap-2.5 rounded-xl font-bold tracking-tight">
              <Logo />
              <span className="max-sm:sr-only">Live Likes</span>
            </Link>
            {tools}
          </div>
        </header>
        {banner}
      </div>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto flex max-w-xl flex-col gap-4 px-3 py-4 sm:px-0 sm:py-8"
      >
        {children}
      </main>
    </>
  );
}
