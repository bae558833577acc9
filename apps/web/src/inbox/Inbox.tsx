import { useState } from 'react';
import { Bell } from './Bell.tsx';
import { useInbox } from './useInbox.ts';
import { useNotificationToasts } from './useNotificationToasts.tsx';
import { useUnreadTitle } from './useUnreadTitle.ts';

/** The bell with its panel; also what pops up, and the number in the title of the tab. */
export function Inbox() {
  const [open, setOpen] = useState(false);
  const { unread } = useInbox();
  useUnreadTitle(unread);
  useNotificationToasts(() => setOpen(true));
  return <Bell unread={unread} open={open} onOpenChange={setOpen} />;
}
