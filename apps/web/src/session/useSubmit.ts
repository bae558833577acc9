import { useState } from 'react';
import { messageOf } from '../http/api.ts';

/** One submission at a time, with the words to show when it failed. `busy` names which one is under way. */
export function useSubmit() {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);

  /** Answers whether it worked. */
  async function submit(name: string, action: () => Promise<void>) {
    if (busy) return false;
    setBusy(name);
    setError(null);
    try {
      await action();
      return true;
    } catch (failure) {
      setError(messageOf(failure));
      return false;
    } finally {
      setBusy(null);
    }
  }

  return { busy, error, submit };
}
