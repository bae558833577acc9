import { useEffect, useRef, useState } from 'react';

/** The value, at most one change of it per `apartMs`; the last one is never left out. For primitive values. */
export function useThrottled<T extends string | number>(value: T, apartMs: number): T {
  const [passed, setPassed] = useState(value);
  const passedAt = useRef(-Infinity);
  useEffect(() => {
    if (value === passed) return;
    const wait = Math.max(0, passedAt.current + apartMs - performance.now());
    const timer = setTimeout(() => {
      passedAt.current = performance.now();
      setPassed(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, passed, apartMs]);
  return passed;
}
