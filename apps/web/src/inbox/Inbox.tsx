import { useState } from 'react';
import { useLive } from '../realtime/LiveContext.tsx';
import { Bell } from './Bell.tsx';
import { createNewsReader } from './newsReader.ts';
import { useInbox } from './useInbox.ts';
import { useNotificationToasts } from './useNotificationToasts.tsx';
import { useReadFromAddress } from './useReadFromAddress.ts';
import { useUnreadIcons } from './useUnreadIcons.ts';
import { useUnreadTitle } from './useUnreadTitle.ts';

/** The bell with its panel; also what pops up, what is read out, and the number on the tab and the app. */
export function Inbox() {
  const [open, setOpen] = useState(false);
  const { unread } = useInbox();
  useUnreadTitle(unread);
  useUnreadIcons(unread);
  useReadFromAddress();
  const { client } = useLive();
  const [reader] = useState(() => createNewsReader(client.inbox));
  useNotificationToasts(() => setOpen(true), reader);
  return <Bell unread={unread} open={open} onOpenChange={setOpen} />;
}
