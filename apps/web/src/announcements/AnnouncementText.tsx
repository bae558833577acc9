import { ANNOUNCEMENT_MAX_LENGTH } from '@live-likes/contract';
import { type Ref, useId } from 'react';
import { usePageText } from '../locales/usePageText.ts';

interface AnnouncementTextProps {
  ref: Ref<HTMLTextAreaElement>;
  value: string;
  readOnly: boolean;
  onChange(value: string): void;
  /** Ctrl+Enter. */
  onSubmit(): void;
}

export function AnnouncementText({ ref, value, readOnly, onChange, onSubmit }: AnnouncementTextProps) {
  const t = usePageText();
  const id = useId();
  const left = ANNOUNCEMENT_MAX_LENGTH - value.trim().length;
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={id} className="text-sm font-medium">
          {t.announcements.text}
        </label>
        <span
          id={`${id}-left`}
          className={`text-sm tabular-nums ${left < 0 ? 'font-semibold text-danger' : 'text-muted'}`}
        >
          {left < 0 ? t.posts.tooMany(-left) : t.posts.left(left)}
        </span>
      </div>
      <textarea
        ref={ref}
        id={id}
        dir="auto"
        rows={3}
        value={value}
        readOnly={readOnly}
        aria-invalid={left < 0 || undefined}
        aria-describedby={`${id}-left`}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          onSubmit();
        }}
        className="field-sizing-content max-h-80 min-h-24 w-full min-w-0 resize-none rounded-xl border border-line-strong bg-surface px-3.5 py-2.5 leading-relaxed wrap-anywhere outline-offset-0 transition-colors hover:border-text"
      />
    </div>
  );
}
