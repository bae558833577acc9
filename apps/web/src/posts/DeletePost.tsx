import { Trash2 } from 'lucide';
import { type ComponentType, useState } from 'react';
import { useText } from '../locales/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { explain } from '../ui/toasts.tsx';
import type { DeleteDialogProps } from './DeleteDialog.tsx';

/** For posts of one's own. */
export function DeletePost({ postId }: { postId: string }) {
  const t = useText();
  const [Dialog, setDialog] = useState<ComponentType<DeleteDialogProps> | null>(null);

  function ask() {
    import('./DeleteDialog.tsx').then(
      ({ DeleteDialog }) => setDialog(() => DeleteDialog),
      () => explain(t.posts.notDeleted(t.problems.NO_ANSWER)),
    );
  }

  return (
    <>
      <button
        type="button"
        aria-label={t.posts.delete}
        title={t.posts.delete}
        onClick={ask}
        className="-mt-1 -mr-2 grid size-10 shrink-0 place-items-center self-start rounded-full text-muted transition-colors hover:bg-danger-soft hover:text-danger"
      >
        <Icon of={Trash2} size={18} />
      </button>
      {Dialog && <Dialog postId={postId} onClosed={() => setDialog(null)} />}
    </>
  );
}
