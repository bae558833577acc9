import { useEffect } from 'react';
import { usePageText } from '../locales/usePageText.ts';
import { Button } from '../ui/Button.tsx';
import { useHeld } from '../ui/useHeld.ts';
import type { Deletions } from './deletions.ts';

interface DeletedToastProps {
  postId: string;
  deletions: Deletions;
  onUndo(): void;
}

/** The time to undo stands still while somebody is about to. */
export function DeletedToast({ postId, deletions, onUndo }: DeletedToastProps) {
  const t = usePageText();
  const { held, on } = useHeld();
  useEffect(() => {
    if (!held) return;
    deletions.hold(postId, true);
    return () => deletions.hold(postId, false);
  }, [held, deletions, postId]);
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3" {...on}>
      <p role="status" aria-live="off" className="min-w-0 flex-1 py-0.5 text-sm font-semibold wrap-anywhere">
        {t.deletion.deleted}
      </p>
      <Button look="quiet" className="-my-1" onClick={onUndo}>
        {t.deletion.undo}
      </Button>
    </div>
  );
}
