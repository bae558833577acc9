import { type ReactNode, useEffect } from 'react';
import { writable } from '../realtime/live.ts';
import { useReadable } from '../realtime/useReadable.ts';
import { whenCalm } from '../system/whenCalm.ts';
import { READ_OUT, reader } from './reader.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

const fetchStack = () => import('./ToastStack.tsx');
/** What shows toasts is fetched with the first one; null until then. */
const stack = writable<Awaited<ReturnType<typeof fetchStack>> | null>(null);
interface Waiting {
  /** Null until everything for it is there. */
  pop: (() => void) | null;
}
/** Toasts that are not shown yet, the first one first. */
const waiting = new Map<string, Waiting>();

/** What is in a toast, or how it is fetched. */
type Content = ReactNode | (() => Promise<ReactNode>);

interface ToastOptions {
  /** For a screen reader. A toast itself is silent: a region that comes with its words is not read out everywhere. */
  words?: string;
  /** `Infinity`: until it is dismissed. Such a toast is not hidden by newer ones. */
  duration?: number;
}

/** Pops up; with the id of one that is there already, replaces it and starts its time anew. */
export function showToast(id: string, content: Content, { words, ...options }: ToastOptions = {}) {
  if (words !== undefined) reader.add(id, () => words);
  void popWhenThere(id, content, options);
}

export function dismissToast(id: string) {
  waiting.delete(id);
  popInOrder();
  stack.get()?.dismiss(id);
}

/** Says why something did not work. The same words do not pile up. */
export function explain(message: string) {
  say(message, true);
}

/** Says that something worked, where the page itself does not show it. */
export function inform(message: string) {
  say(message, false);
}

/** Fetches what shows toasts, if one is to be expected. */
export function prepareToasts() {
  loadStack().catch(() => undefined);
}

function say(words: string, failed: boolean) {
  const content = async () => {
    const { Sentence } = await loadStack();
    return <Sentence failed={failed}>{words}</Sentence>;
  };
  showToast(words, content, { words });
}

async function loadStack() {
  const loaded = await fetchStack();
  stack.set(loaded);
  return loaded;
}

/** Whoever is offline when the first toast comes is shown it later, if it is still true by then. */
async function popWhenThere(id: string, content: Content, options: { duration?: number }) {
  const own: Waiting = { pop: null };
  waiting.set(id, own);
  // A server with another version has no file of this one: it is not to be asked for ever more often.
  for (let wait = FIRST_WAIT_MS; waiting.get(id) === own; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      const parts = Promise.all([loadStack(), typeof content === 'function' ? content() : content]);
      const [{ pop }, shown] = await parts;
      own.pop = () => pop(id, shown, options);
      popInOrder();
      return;
    } catch {
      letOthersPass(id, own);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Those whose parts come together pop up in the order in which they were to. */
function popInOrder() {
  for (const [id, { pop }] of waiting) {
    if (!pop) return;
    waiting.delete(id);
    pop();
  }
}

function letOthersPass(id: string, own: Waiting) {
  if (waiting.get(id) !== own) return;
  waiting.delete(id);
  waiting.set(id, own);
  popInOrder();
}

/** The toasts of a login go with it, and so do those that came too late for it. */
function removeAll() {
  waiting.clear();
  stack.get()?.removeAll();
}

export function Toaster() {
  const loaded = useReadable(stack);
  useEffect(() => {
    removeAll();
    // Otherwise the worker keeps it. Some browsers try only once to import something: better while there is a network.
    if (!('serviceWorker' in navigator)) void whenCalm().then(prepareToasts);
    return () => {
      removeAll();
      reader.stop();
    };
  }, []);
  return (
    <>
      <div {...READ_OUT} />
      {loaded && <loaded.ToastStack />}
    </>
  );
}
