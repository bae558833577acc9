import type { ReactNode } from 'react';

interface NoticeProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** What a list shows instead of items: nothing yet, not found, failed. */
export function Notice({ icon, title, children, action }: NoticeProps) {
  return (
    <div className="grid justify-items-center gap-2 rounded-2xl border border-dashed border-line px-6 py-14 text-center">
      <span
        className="mb-2 grid size-12 place-items-center rounded-full bg-accent-soft text-accent-text"
        aria-hidden="true"
      >
        {icon}
      </span>
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="max-w-sm text-pretty wrap-anywhere text-muted">{children}</p>
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
