import { ANNOUNCEMENT_MAX_LENGTH, type User } from '@live-likes/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError, messageOf } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { Button } from '../ui/Button.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { FormError } from '../ui/FormError.tsx';
import { inform } from '../ui/toasts.tsx';
import { AnnouncementPreview } from './AnnouncementPreview.tsx';
import { AnnouncementText } from './AnnouncementText.tsx';
import { AudienceLine } from './AudienceLine.tsx';
import { Recipients } from './Recipients.tsx';
import { SENT } from './SentAnnouncements.tsx';
import { useAudience } from './useAudience.ts';

export function AnnouncementForm() {
  const t = usePageText();
  const { call } = useLive();
  const queries = useQueryClient();
  const [draft, setDraft] = useState('');
  /** Null: everybody. */
  const [chosen, setChosen] = useState<User[] | null>(null);
  const [confirming, setConfirming] = useState(false);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const { audience, failed } = useAudience(chosen?.map((user) => user.id) ?? null);
  const text = draft.trim();

  const sending = useMutation({
    mutationFn: () => {
      const to = chosen?.map((user) => user.id);
      return call<{ recipients: number }>('POST', '/announcements', { text, to });
    },
    onSuccess({ recipients }) {
      inform(t.announcements.sentTo(recipients));
      setDraft('');
      setChosen(null);
      textarea.current?.focus();
    },
    // After a failure too: without an answer it may have been sent.
    onSettled: () => queries.invalidateQueries({ queryKey: SENT }),
  });
  const ready =
    text !== '' && text.length <= ANNOUNCEMENT_MAX_LENGTH && chosen?.length !== 0 && !sending.isPending;
  function submit() {
    if (!ready) return;
    if (chosen) sending.mutate();
    else setConfirming(true);
  }

  return (
    <form
      aria-label={t.announcements.write}
      className="grid gap-5 rounded-2xl border border-line bg-surface p-4 shadow-card sm:p-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <AnnouncementText
        ref={textarea}
        value={draft}
        readOnly={sending.isPending}
        onChange={setDraft}
        onSubmit={submit}
      />
      <Recipients chosen={chosen} onChange={setChosen} />
      <AnnouncementPreview text={text} />
      <FormError message={sending.isError ? problemOf(sending.error, t.announcements.unsure) : null} />
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2">
        <AudienceLine chosen={chosen} audience={audience} failed={failed} />
        <Button type="submit" className="px-6" aria-disabled={!ready} aria-busy={sending.isPending}>
          {t.announcements.send}
        </Button>
      </div>
      {confirming && (
        <ConfirmDialog
          title={t.announcements.confirmTitle}
          confirm={t.announcements.confirm}
          look="primary"
          onConfirm={() => sending.mutate()}
          onClosed={() => setConfirming(false)}
        >
          {t.announcements.confirmText(audience?.recipients)}
        </ConfirmDialog>
      )}
    </form>
  );
}

/** Where no answer came, it may have been sent all the same. */
function problemOf(error: unknown, unsure: string) {
  const noAnswer = error instanceof ApiError && error.code === 'NO_ANSWER';
  return noAnswer ? `${messageOf(error)} ${unsure}` : messageOf(error);
}
