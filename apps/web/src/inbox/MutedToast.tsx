import { BellOff } from 'lucide';
import { usePageText } from '../locales/usePageText.ts';
import { Icon } from '../ui/Icon.tsx';

export function MutedToast({ onUndo }: { onUndo(): void }) {
  const t = usePageText();
  return (
    <>
      <Icon of={BellOff} size={20} className="mt-0.5 shrink-0 text-muted" />
      <p role="status" aria-live="off" className="min-w-0 flex-1 py-0.5 text-sm wrap-anywhere">
        {t.notifications.mutedNow}
      </p>
      <button
        type="button"
        onClick={onUndo}
        className="min-h-6 shrink-0 rounded-lg px-1.5 py-0.5 text-sm font-semibold text-accent-text hover:bg-accent-soft"
      >
        {t.notifications.undo}
      </button>
    </>
  );
}
