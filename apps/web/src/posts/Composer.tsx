import { POST_MAX_LENGTH, type Post } from '@live-likes/contract';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { messageOf } from '../http/api.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { FormError } from '../ui/FormError.tsx';
import { useFeed } from './FeedProvider.tsx';

/** The counter shows up when so few characters are left. */
const NEAR_LIMIT = 60;

export function Composer() {
  const { call, user } = useLive();
  const { add } = useFeed();
  const [text, setText] = useState('');
  const id = useId();
  const body = text.trim();
  const left = POST_MAX_LENGTH - body.length;

  const posting = useMutation({
    mutationFn: () => call<Post>('POST', '/posts', { body }),
    onSuccess(post) {
      add(post);
      setText('');
    },
  });
  const ready = body !== '' && left >= 0 && !posting.isPending;
  const post = () => {
    if (ready) posting.mutate();
  };

  return (
    <form
      aria-label="New post"
      className="grid gap-3 rounded-2xl border border-line bg-surface p-4 shadow-card focus-within:border-line-strong sm:p-5"
      onSubmit={(event) => {
        event.preventDefault();
        post();
      }}
    >
      <div className="flex gap-3">
        <Avatar user={user} />
        <label htmlFor={id} className="sr-only">
          What's new?
        </label>
        <textarea
          id={id}
          dir="auto"
          rows={2}
          value={text}
          placeholder="What's new?"
          readOnly={posting.isPending}
          aria-invalid={left < 0 || undefined}
          aria-describedby={`${id}-left`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            post();
          }}
          className="field-sizing-content max-h-80 min-h-14 w-full min-w-0 resize-none bg-transparent py-2 leading-relaxed wrap-anywhere outline-none placeholder:text-muted"
        />
      </div>
      <FormError message={posting.isError ? messageOf(posting.error) : null} />
      <div className="flex items-center justify-end gap-3">
        <span
          id={`${id}-left`}
          className={`text-sm tabular-nums ${left < 0 ? 'font-semibold text-danger' : 'text-muted'}`}
        >
          {left < 0 ? `${-left} too many` : left <= NEAR_LIMIT && `${left} left`}
        </span>
        <Button type="submit" className="px-6" aria-disabled={!ready} aria-busy={posting.isPending}>
          Post
        </Button>
      </div>
    </form>
  );
}
