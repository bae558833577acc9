import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';

/**
 * Whether the pointer or the focus is on an element, with what the element needs for it. Neither event of leaving comes
 * when what they were on goes: `look` again then.
 */
export function useHeld() {
  const ref = useRef<HTMLDivElement>(null);
  /** A finger is on nothing any more when it has left the screen, whatever `:hover` says. */
  const pointed = useRef(false);
  const [held, setHeld] = useState(false);

  const look = useCallback(() => {
    const pointer = pointed.current && ref.current?.matches(':hover');
    setHeld(pointer || ref.current?.contains(document.activeElement) || false);
  }, []);
  const onPointer = ({ type, pointerType }: PointerEvent) => {
    pointed.current = type === 'pointerenter' && pointerType !== 'touch';
    look();
  };

  useEffect(() => {
    if (!held) return;
    document.addEventListener('pointerover', look);
    return () => document.removeEventListener('pointerover', look);
  }, [held, look]);

  const on = { ref, onPointerEnter: onPointer, onPointerLeave: onPointer, onFocus: look, onBlur: look };
  return { held, look, on };
}
