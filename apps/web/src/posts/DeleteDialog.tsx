import { useEffect } from 'react';
import { messageOf } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { focusMain } from '../ui/focusMain.ts';
import { dismissToast, explain, prepareToasts, showToast } from '../ui/toasts.tsx';
import { DeletedToast } from './DeletedToast.tsx';
import { useDeletions } from './DeletionsContext.ts';

export interface DeleteDialogProps {
  postId: string;
  onClosed(): void;
}

export function DeleteDialog({ postId, onClosed }: DeleteDialogProps) {
  const t = usePageText();
  const deletions = useDeletions();
  useEffect(prepareToasts, []);

  function remove() {
    const toast = `deleted:${postId}`;
    focusNeighbour(postId);
    deletions.start(postId, {
      onSent: () => dismissToast(toast),
      onFailed: (error) => explain(t.posts.notDeleted(messageOf(error))),
    });
    const undo = () => {
      dismissToast(toast);
      deletions.undo(postId);
    };
    showToast(toast, <DeletedToast postId={postId} deletions={deletions} onUndo={undo} />, {
      duration: Infinity,
      words: t.deletion.deleted,
    });
  }

  return (
    <ConfirmDialog
      title={t.deletion.title}
      confirm={t.deletion.confirm}
      onConfirm={remove}
      onClosed={onClosed}
    >
      {t.deletion.hint}
    </ConfirmDialog>
  );
}

/** Not the Undo: as long as that has the focus, nothing is deleted. */
function focusNeighbour(postId: string) {
  const posts = [...document.querySelectorAll<HTMLElement>('main article')];
  const index = posts.findIndex((post) => post.dataset['postId'] === postId);
  const next = posts[index + 1] ?? posts[index - 1];
  if (next) next.focus({ preventScroll: true });
  else focusMain();
}
