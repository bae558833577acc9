import { useEffect, useEffectEvent, useRef } from 'react';

/**
 * Something that a button opens beside itself, inside of `root`. Closes on Escape, on a press
 * elsewhere and when the focus moves on; gives the focus back to the button if it had it.
 */
export function usePopup(open: boolean, onOpenChange: (open: boolean) => void) {
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  function close() {
    if (root.current?.contains(document.activeElement)) button.current?.focus();
    onOpenChange(false);
  }

  const onEvent = useEffectEvent((event: Event) => {
    const elsewhere = !root.current?.contains(event.target as Node | null);
    if (event instanceof KeyboardEvent ? event.key === 'Escape' : elsewhere) close();
  });

  useEffect(() => {
    if (!open) return;
    const kinds = ['pointerdown', 'focusin', 'keydown'];
    const listener = (event: Event) => onEvent(event);
    for (const kind of kinds) document.addEventListener(kind, listener);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, listener);
    };
  }, [open]);

  return { root, button, close, toggle: () => (open ? close() : onOpenChange(true)) };
}
