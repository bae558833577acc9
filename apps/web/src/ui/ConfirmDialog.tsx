import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useText } from '../locales/language.ts';
import { Button } from './Button.tsx';

export interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** The word on the button that does it. */
  confirm: string;
  look?: 'primary' | 'danger';
  onConfirm(): void;
  /** Take it away then. The focus is back where it was before. */
  onClosed(): void;
}

/** Asks before something is done; the browser keeps the focus inside, and closes it on Escape. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  look = 'danger',
  onConfirm,
  onClosed,
}: ConfirmDialogProps) {
  const t = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const confirmed = useRef(false);

  useEffect(() => {
    // A second mount finds it open.
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={() => {
        if (confirmed.current) onConfirm();
        onClosed();
      }}
      closedby="any"
      className="m-auto w-[min(26rem,calc(100vw-2rem))] animate-rise rounded-2xl border border-line bg-raised text-text shadow-float backdrop:bg-black/45"
    >
      <div className="grid gap-2 p-5 sm:p-6">
        <h2 id={`${id}-title`} className="text-lg font-semibold">
          {title}
        </h2>
        <p id={`${id}-text`} className="text-pretty text-muted">
          {children}
        </p>
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button look="secondary" autoFocus onClick={() => dialog.current?.close()}>
            {t.app.cancel}
          </Button>
          <Button
            look={look}
            onClick={() => {
              confirmed.current = true;
              dialog.current?.close();
            }}
          >
            {confirm}
          </Button>
        </div>
      </div>
    </dialog>
  );
}
