import { BellRing, CloudOff } from 'lucide';
import { useEffect, useState } from 'react';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { NotificationsSkeleton } from './NotificationsSkeleton.tsx';
import { useInbox } from './useInbox.ts';

/** To connect takes a moment; longer than this, and something is wrong. */
const PATIENCE_MS = 5_000;

/** In the place of the list: there is nothing, or it is not known yet. */
export function NoNotifications() {
  const t = usePageText();
  const { epoch, older } = useInbox();
  if (epoch === null) return <NotKnownYet />;
  if (older !== null) return null;
  return (
    <Notice icon={<Icon of={BellRing} size={22} />} title={t.notifications.empty}>
      {t.notifications.emptyHint}
    </Notice>
  );
}

function NotKnownYet() {
  const t = usePageText();
  const { client } = useLive();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <NotificationsSkeleton />;
  return (
    <Notice
      icon={<Icon of={CloudOff} size={22} />}
      title={t.notifications.fetchFailed}
      action={<Button onClick={client.wake}>{t.app.retry}</Button>}
    >
      {t.notifications.fetchFailedHint}
    </Notice>
  );
}
