import { useEffect } from 'react';
import { areShortcutsOn } from '../ui/shortcuts.ts';

/** Where letters mean something else; what a button opens may still be on its way. */
const ELSEWHERE =
  'input, textarea, select, [contenteditable], [role=menu], [role=dialog], dialog, [aria-haspopup][aria-expanded=true]';

/** `J` and `K` go to the next and the previous post, `L` likes the one with the focus, `Enter` opens it. */
export function usePostKeys() {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function onKeyDown(event: KeyboardEvent) {
  const { target, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (event.defaultPrevented || event.isComposing || altKey || ctrlKey || metaKey || shiftKey) return;
  if (!(target instanceof Element) || target.closest(ELSEWHERE) || !areShortcutsOn()) return;
  const focused = target.closest<HTMLElement>('main article');
  switch (event.key.toLowerCase()) {
    case 'j':
      return moveFocus(focused, 1);
    case 'k':
      return moveFocus(focused, -1);
    case 'l':
      if (!event.repeat) focused?.querySelector<HTMLElement>('[data-key=l]')?.click();
      return;
    case 'enter':
      if (focused === target) open(focused);
  }
}

function open(post: HTMLElement) {
  const link = post.querySelector<HTMLAnchorElement>('a:has(time)');
  if (link && link.href !== location.href) link.click();
}

function moveFocus(from: HTMLElement | null, step: 1 | -1) {
  const articles = [...document.querySelectorAll<HTMLElement>('main article')];
  // Whoever has scrolled away from the focus goes on from where they look.
  const next = from && isInView(from) ? articles[articles.indexOf(from) + step] : articles.find(isInView);
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

/** Something of it can be seen below the sticky header. */
function isInView(element: HTMLElement) {
  const { top, bottom } = element.getBoundingClientRect();
  const header = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  return bottom > header && top < innerHeight;
}
