import { CircleAlert, CircleCheck, X } from 'lucide';
import { type FocusEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { usePageText } from '../locales/usePageText.ts';
import { focusMain } from './focusMain.ts';
import { Icon } from './Icon.tsx';
import { useHeld } from './useHeld.ts';
// The headless build: the styled one injects a <style> element, which the content security policy forbids.
import { resolveValue, toast, type Toast, useToaster } from 'react-hot-toast/headless';

const DURATION_MS = 6_000;
/** As long as `--animate-sink`. */
const EXIT_MS = 150;
const MOST_AT_ONCE = 3;

/**
 * The names that the library has for those that are on the screen. One that is on its way out cannot be called back, so
 * what comes in that moment gets another name.
 */
const shown = new Map<string, string>();

/** Pops up; with the id of one that is there already, replaces it and starts its time anew. */
export function pop(id: string, content: ReactNode, options: { duration?: number }) {
  shown.set(id, toast(<>{content}</>, { id: shown.get(id), ...options }));
}

export function dismiss(id: string) {
  const name = shown.get(id);
  shown.delete(id);
  if (name !== undefined) toast.dismiss(name);
}

export function removeAll() {
  shown.clear();
  toast.removeAll();
}

/** The content of a toast that says no more than a sentence. */
export function Sentence({ failed, children }: { failed: boolean; children: string }) {
  const icon = failed ? CircleAlert : CircleCheck;
  return (
    <>
      <Icon of={icon} size={20} className={`mt-0.5 shrink-0 ${failed ? 'text-danger' : 'text-live'}`} />
      <p role="status" aria-live="off" className="min-w-0 py-0.5 text-sm wrap-anywhere">
        {children}
      </p>
    </>
  );
}

export function ToastStack() {
  const t = usePageText();
  const { toasts, handlers } = useToaster({ duration: DURATION_MS, removeDelay: EXIT_MS });
  const { startPause, endPause } = handlers;
  const visible = toasts.filter((item) => item.visible);
  const lasting = (item: Toast) => Number(item.duration === Infinity);
  const inSight = new Set(visible.toSorted((a, b) => lasting(b) - lasting(a)).slice(0, MOST_AT_ONCE));
  const more = visible.length - inSight.size;

  const { held, look, on } = useHeld();
  useEffect(() => {
    if (held) startPause();
  }, [held, startPause]);
  // The second anew with every pause, which may begin late.
  useEffect(() => {
    if (!held) endPause();
  }, [held, endPause]);
  useEffect(look, [look, toasts.length]);

  useLayoutEffect(() => {
    const leaving = new Set(toasts.filter((item) => !item.visible).map((item) => item.id));
    for (const [id, name] of shown) if (leaving.has(name)) shown.delete(id);
  }, [toasts]);

  return (
    <section
      aria-label={t.toasts.title}
      className="pointer-events-none fixed inset-x-3 top-17 z-35 flex flex-col gap-2 sm:inset-auto sm:right-6 sm:bottom-6 sm:w-104 sm:flex-col-reverse"
      {...on}
      onFocus={(event) => {
        noteWhereFrom(event);
        look();
      }}
    >
      {toasts
        .filter((item) => inSight.has(item) || !item.visible)
        .map((item) => (
          <ToastFrame key={item.id} item={item} />
        ))}
      {more > 0 && (
        <p className="pointer-events-auto self-center rounded-full border border-line bg-raised px-3 py-1 text-xs font-medium text-muted shadow-float">
          {t.toasts.more(more)}
        </p>
      )}
    </section>
  );
}

/** What had the focus before a toast had it. */
let cameFrom: HTMLElement | null = null;

function noteWhereFrom({ currentTarget, relatedTarget }: FocusEvent) {
  if (!currentTarget.contains(relatedTarget)) cameFrom = relatedTarget as HTMLElement | null;
}

/** To another toast, or to where it came from. */
function moveFocusOn(stack: HTMLElement) {
  const from = cameFrom;
  const next = stack.querySelector<HTMLElement>('a, button') ?? from;
  if (next?.isConnected) next.focus({ preventScroll: true });
  else focusMain();
  cameFrom = from;
}

function ToastFrame({ item }: { item: Toast }) {
  const t = usePageText();
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const gone = frame.current;
    const stack = gone?.parentElement;
    return () => {
      // Who clicks with a pointer goes on with the pointer.
      if (stack && gone.querySelector(':focus-visible')) queueMicrotask(() => moveFocusOn(stack));
    };
  }, []);
  return (
    <div
      ref={frame}
      aria-hidden={!item.visible || undefined}
      className={`pointer-events-auto relative flex items-start gap-3 rounded-2xl border border-line bg-raised py-3 pr-11 pl-3.5 shadow-float ${item.visible ? 'animate-rise' : 'pointer-events-none animate-sink'}`}
    >
      {resolveValue(item.message, item)}
      <button
        type="button"
        aria-label={t.app.close}
        onClick={() => toast.dismiss(item.id)}
        className="absolute top-2 right-2 z-10 grid size-8 place-items-center rounded-full text-muted hover:bg-sunken hover:text-text"
      >
        <Icon of={X} size={16} />
      </button>
    </div>
  );
}
