import { POST_MAX_LENGTH, type Post } from '@live-likes/contract';
import { useId } from 'react';
import { useText } from '../locales/language.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { FormError } from '../ui/FormError.tsx';
import { useSubmit } from '../ui/useSubmit.ts';
import { useDraft } from './DraftContext.tsx';
import { useFeed } from './FeedProvider.tsx';

/** The counter shows up when so few characters are left. */
const NEAR_LIMIT = 60;

export function Composer() {
  const t = useText();
  const { call, user } = useLive();
  const { add } = useFeed();
  const [text, setText] = useDraft();
  const id = useId();
  const body = text.trim();
  const left = POST_MAX_LENGTH - body.length;

  const { busy, error, submit } = useSubmit();
  const posting = busy !== null;
  const ready = body !== '' && left >= 0 && !posting;

  async function post() {
    if (!ready) return;
    await submit('post', async () => {
      add(await call<Post>('POST', '/posts', { body }));
      setText('');
    });
  }

  return (
    <form
      aria-label={t.posts.newPost}
      className="grid gap-3 rounded-2xl border border-line bg-surface p-4 shadow-card focus-within:border-line-strong sm:p-5"
      onSubmit={(event) => {
        event.preventDefault();
        void post();
      }}
    >
      <div className="flex gap-3">
        <Avatar user={user} />
        <label htmlFor={id} className="sr-only">
          {t.posts.whatsNew}
        </label>
        <textarea
          id={id}
          dir="auto"
          rows={2}
          value={text}
          placeholder={t.posts.whatsNew}
          readOnly={posting}
          aria-invalid={left < 0 || undefined}
          aria-describedby={`${id}-left`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            void post();
          }}
          className="field-sizing-content max-h-80 min-h-14 w-full min-w-0 resize-none bg-transparent py-2 leading-relaxed wrap-anywhere outline-none placeholder:text-muted"
        />
      </div>
      <FormError message={error} />
      <div className="flex items-center justify-end gap-3">
        <span
          id={`${id}-left`}
          className={`text-sm tabular-nums ${left < 0 ? 'font-semibold text-danger' : 'text-muted'}`}
        >
          {left < 0 ? t.posts.tooMany(-left) : left <= NEAR_LIMIT && t.posts.left(left)}
        </span>
        <Button type="submit" className="px-6" aria-disabled={!ready} aria-busy={posting}>
          {t.posts.post}
        </Button>
      </div>
    </form>
  );
}
