import type { Me } from '@live-likes/contract';
import { CloudOff } from 'lucide';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../locales/language.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useLive } from './LiveContext.tsx';
import { useReadable } from './useReadable.ts';

interface WithMeProps {
  skeleton: ReactNode;
  /** Says what could not be fetched. */
  failedTitle: string;
  children(me: Me): ReactNode;
}

/** What needs the settings or the rights of the user. */
export function WithMe({ skeleton, failedTitle, children }: WithMeProps) {
  const t = useText();
  const { me } = useLive();
  const known = useReadable(me);
  const [failed, setFailed] = useState(false);

  // They come with the connection; asked for again, they are there, or it is known that they cannot be had.
  useEffect(() => {
    void me.refresh().then(() => setFailed(me.get() === null));
  }, [me]);
  function retry() {
    setFailed(false);
    void me.refresh().then(() => setFailed(me.get() === null));
  }

  if (known) return children(known);
  if (!failed) return skeleton;
  return (
    <Notice
      icon={<Icon of={CloudOff} size={22} />}
      title={failedTitle}
      action={<Button onClick={retry}>{t.app.retry}</Button>}
    >
      {t.problems.NO_ANSWER}
    </Notice>
  );
}
