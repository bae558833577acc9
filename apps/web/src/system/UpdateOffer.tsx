import { Sparkles, X } from 'lucide';
import { useEffect, useState } from 'react';
import { useText } from '../locales/language.ts';
import { Button } from '../ui/Button.tsx';
import { focusMain } from '../ui/focusMain.ts';
import { Icon } from '../ui/Icon.tsx';
import { startWorker } from './updates.ts';

/** Offers a newer version of the app; nobody is reloaded who did not ask for it. */
export function UpdateOffer() {
  const t = useText();
  const [apply, setApply] = useState<(() => void) | null>(null);
  useEffect(() => {
    if (!import.meta.env.PROD) return;
    // Without a worker the app needs a network, and is told of updates by a reload.
    startWorker((update) => setApply(() => update)).catch(() => undefined);
  }, []);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-[max(0.75rem,env(safe-area-inset-bottom))] z-35 flex justify-center sm:inset-x-6 sm:bottom-6 sm:justify-start"
    >
      {apply && (
        <div className="pointer-events-auto flex min-w-0 animate-rise items-center gap-2 rounded-2xl border border-line bg-raised py-2 pr-2 pl-3.5 shadow-float">
          <Icon of={Sparkles} size={18} className="shrink-0 text-accent-text" />
          <p className="mr-1 text-sm font-medium">{t.app.updateReady}</p>
          <Button className="shrink-0" onClick={apply}>
            {t.app.reload}
          </Button>
          <button
            type="button"
            aria-label={t.app.later}
            onClick={() => {
              setApply(null);
              focusMain();
            }}
            className="grid size-9 shrink-0 place-items-center rounded-full text-muted hover:bg-sunken hover:text-text"
          >
            <Icon of={X} size={16} />
          </button>
        </div>
      )}
    </div>
  );
}
