import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Button } from './Button.tsx';

interface MoreButtonProps {
  busy: boolean;
  onClick(): void;
  className?: string;
  children: ReactNode;
}

/** Below a list, to fetch more of it. Keeps the focus meanwhile, and leaves it to the first new item as it goes. */
export function MoreButton({ busy, onClick, ...rest }: MoreButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const last = useRef<Element>(undefined);
  useLayoutEffect(() => {
    const here = button.current;
    const list = here?.closest('section, main');
    return () => {
      if (here !== document.activeElement) return;
      queueMicrotask(() => {
        const items = itemsOf(list);
        const next = items.find((_, i) => i > 0 && items[i - 1] === last.current) ?? items.at(-1);
        // A page that is left takes the button with it, and has seen to the focus.
        if (!next || document.activeElement !== document.body) return;
        next.tabIndex = -1;
        next.focus();
      });
    };
  }, []);
  return (
    <Button
      ref={button}
      look="secondary"
      aria-disabled={busy}
      onClick={() => {
        if (busy) return;
        last.current = itemsOf(button.current?.closest('section, main')).at(-1);
        onClick();
      }}
      {...rest}
    />
  );
}

const itemsOf = (list: Element | null | undefined) => [
  ...(list?.querySelectorAll<HTMLElement>('li, article') ?? []),
];
