import { useEffect, useState } from 'react';

const TOUCHES = ['pointerdown', 'keydown'] as const;

/** Whether the person has clicked or typed in this page: no browser lets it make a sound before that. */
export function useTouched(): boolean {
  const [touched, setTouched] = useState(() => navigator.userActivation?.hasBeenActive ?? false);
  useEffect(() => {
    if (touched) return;
    const onTouch = () => setTouched(true);
    for (const kind of TOUCHES) addEventListener(kind, onTouch);
    return () => {
      for (const kind of TOUCHES) removeEventListener(kind, onTouch);
    };
  }, [touched]);
  return touched;
}
