import { CheckCheck } from 'lucide';
import { usePageText } from '../locales/usePageText.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useInbox } from './useInbox.ts';
import { useMarkAllRead } from './useMarkAllRead.ts';

export function MarkAllRead() {
  const t = usePageText();
  const { unread } = useInbox();
  const markAllRead = useMarkAllRead();
  return (
    <Button
      look="quiet"
      className="px-2! whitespace-nowrap max-[24rem]:text-xs sm:px-3!"
      aria-disabled={unread === 0}
      onClick={() => {
        if (unread > 0) markAllRead();
      }}
    >
      <Icon of={CheckCheck} size={16} className="max-[24rem]:hidden" />
      {t.notifications.markAllRead}
    </Button>
  );
}
