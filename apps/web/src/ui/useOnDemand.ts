import { useEffect, useEffectEvent, useState } from 'react';

/**
 * A part of the page that comes when it is first wanted, and null until it is there.
 *
 * @param load may be called again after it failed
 */
export function useOnDemand<Part extends object>(
  load: () => Promise<Part>,
  wanted: boolean,
  onFailed: () => void,
): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  const onError = useEffectEvent(onFailed);
  useEffect(() => {
    if (!wanted || part) return;
    let over = false;
    load().then(
      (loaded) => !over && setPart(loaded),
      () => !over && onError(),
    );
    return () => {
      over = true;
    };
  }, [load, wanted, part]);
  return part;
}
