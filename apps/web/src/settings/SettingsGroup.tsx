import { type ReactNode, useId } from 'react';

interface SettingsGroupProps {
  title: string;
  hint: string;
  children: ReactNode;
}

export function SettingsGroup({ title, hint, children }: SettingsGroupProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-1 rounded-2xl border border-line bg-surface p-2 shadow-card sm:p-3"
    >
      <div className="px-3 pt-2 pb-1.5">
        <h2 id={id} className="text-lg font-bold">
          {title}
        </h2>
        <p className="text-sm text-pretty text-muted">{hint}</p>
      </div>
      {children}
    </section>
  );
}
