import { CircleAlert, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
// The headless build: the styled one injects a <style> element, which the content security policy forbids.
import { resolveValue, toast, type Toast, useToaster } from 'react-hot-toast/headless';

const DURATION_MS = 6_000;
const EXIT_MS = 180;
const MOST_AT_ONCE = 3;

/** Pops up; with the id of one that is there already, replaces it and starts its time anew. */
export function showToast(id: string, content: ReactNode) {
  toast(<>{content}</>, { id });
}

export function dismissToast(id: string) {
  toast.dismiss(id);
}

/** Says why something did not work. The same words do not pile up. */
export function explain(message: string) {
  showToast(
    message,
    <>
      <CircleAlert size={20} className="mt-0.5 shrink-0 text-danger" aria-hidden="true" />
      <p role="status" className="min-w-0 py-0.5 text-sm wrap-anywhere">
        {message}
      </p>
    </>,
  );
}

export function Toaster() {
  const { toasts, handlers } = useToaster({ duration: DURATION_MS, removeDelay: EXIT_MS });
  const { startPause, endPause } = handlers;
  const visible = toasts.filter((item) => item.visible);
  const shown = new Set(visible.slice(0, MOST_AT_ONCE));
  const more = visible.length - shown.size;
  const count = useRef(0);

  // A toast that goes while the pointer or the focus is on it fires no event of leaving.
  useEffect(() => {
    if (visible.length < count.current) endPause();
    count.current = visible.length;
  }, [visible.length, endPause]);
  // The toasts of a login go with it, and so do those that came too late for it.
  useEffect(() => {
    toast.removeAll();
    return () => toast.removeAll();
  }, []);

  return (
    <section
      aria-label="Pop-ups"
      className="pointer-events-none fixed inset-x-3 top-17 z-35 flex flex-col gap-2 sm:inset-auto sm:right-6 sm:bottom-6 sm:w-104 sm:flex-col-reverse"
      onPointerEnter={startPause}
      onPointerLeave={endPause}
      onFocus={startPause}
      onBlur={endPause}
    >
      {toasts
        .filter((item) => shown.has(item) || !item.visible)
        .map((item) => (
          <ToastFrame key={item.id} item={item} />
        ))}
      {more > 0 && (
        <p className="pointer-events-auto self-center rounded-full border border-line bg-raised px-3 py-1 text-xs font-medium text-muted shadow-float">
          +{more} more
        </p>
      )}
    </section>
  );
}

function ToastFrame({ item }: { item: Toast }) {
  return (
    <div
      className={`pointer-events-auto relative flex items-start gap-3 rounded-2xl border border-line bg-raised py-3 pr-11 pl-3.5 shadow-float ${item.visible ? 'animate-rise' : 'pointer-events-none animate-sink'}`}
    >
      {resolveValue(item.message, item)}
      <button
        type="button"
        aria-label="Close"
        onClick={() => toast.dismiss(item.id)}
        className="absolute top-2 right-2 z-10 grid size-8 place-items-center rounded-full text-muted hover:bg-sunken hover:text-text"
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}
