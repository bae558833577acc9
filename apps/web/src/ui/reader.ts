/** What comes at once is said at once. */
const GATHER_MS = 250;
/** A screen reader that is told faster than it speaks reads nothing to its end. */
export const APART_MS = 2_000;
/** Long enough to be read out, and gone before anybody comes across it as if it were new. */
const FORGET_MS = 8_000;

/** Asked for when their turn has come. Null: by then there is nothing to say. */
type Words = () => string | null;

/**
 * Decides when a screen reader is told of something: soon, and at most once in two seconds, however much comes.
 *
 * @param say says these sentences; none: forget what was said
 */
export function createReader(say: (sentences: readonly string[]) => void) {
  const waiting = new Map<string, Words>();
  /** Until something may be said again, or until it is gathered. */
  let next: ReturnType<typeof setTimeout> | undefined;
  let forget: ReturnType<typeof setTimeout> | undefined;

  function tell() {
    next = undefined;
    const sentences = [...waiting.values()].flatMap((words) => words() ?? []);
    waiting.clear();
    if (sentences.length === 0) return;
    say(sentences);
    next = setTimeout(tell, APART_MS);
    clearTimeout(forget);
    forget = setTimeout(() => say([]), FORGET_MS);
  }

  return {
    /** Of what is said about the same thing, the last is said. */
    add(about: string, words: Words) {
      waiting.set(about, words);
      next ??= setTimeout(tell, GATHER_MS);
    },
    stop() {
      waiting.clear();
      clearTimeout(next);
      clearTimeout(forget);
      next = undefined;
    },
  };
}

const REGION = 'read-out';

/** The one voice of the page. */
export const reader = createReader((sentences) => {
  // Other elements each time: words that did not change would not be read out.
  const lines = sentences.map((sentence) => {
    const line = document.createElement('p');
    line.textContent = sentence;
    return line;
  });
  document.getElementById(REGION)?.replaceChildren(...lines);
});

/** Where it speaks. Always there, since a region that comes with its words is not read out everywhere. */
export const READ_OUT = { id: REGION, 'aria-live': 'polite', className: 'sr-only' } as const;
