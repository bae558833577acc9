import { type ComponentProps, useEffect, useRef } from 'react';
import { useHistoryEntry } from './historyEntry.ts';

const APP = 'Live Likes';

let page = APP;
let count = 0;

function show() {
  document.title = count > 0 ? `(${count}) ${page}` : page;
}

/** What is unread stands before the name of every page. */
export function countInTitle(unread: number) {
  count = unread;
  show();
}

interface PageTitleProps extends ComponentProps<'h1'> {
  children: string;
  /** The page that one starts with is called as the app is. */
  start?: boolean;
}

/** The heading of a page: names the tab as well, and gets the focus when somebody has gone to the page. */
export function PageTitle({ children, start = false, ...rest }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useHistoryEntry();

  useEffect(() => {
    page = start ? APP : `${children} · ${APP}`;
    show();
    return () => {
      page = APP;
      show();
    };
  }, [children, start]);

  // Until there is a heading, `main` has it.
  useEffect(() => {
    if (document.activeElement?.id === 'main') heading.current?.focus({ preventScroll: true });
  }, [key]);

  return (
    <h1 ref={heading} tabIndex={-1} {...rest}>
      {children}
    </h1>
  );
}
