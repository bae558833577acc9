import { useState } from 'react';
import { messageOf } from '../http/api.ts';

/** One submission at a time, with the words to show when it failed. `busy` names which one is under way. */
export function useSubmit() {
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);

  /** Answers whether it worked. */
  async function submit(name: string, action: () => Promise<void>) {
    if (busy) return false;
    setBusy(name);
    setFailure(null);
    try {
      await action();
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    } finally {
      setBusy(null);
    }
  }

  return { busy, error: failure === null ? null : messageOf(failure), submit };
}
