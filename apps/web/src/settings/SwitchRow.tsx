import { type ReactNode, useId } from 'react';

interface SwitchRowProps {
  icon: ReactNode;
  label: string;
  hint: string;
  on: boolean;
  onChange(on: boolean): void;
  /** It cannot be switched now; the hint says why. */
  stuck?: boolean;
}

/** One thing that is on or off; all of it can be clicked. */
export function SwitchRow({ icon, label, hint, on, onChange, stuck = false }: SwitchRowProps) {
  const id = useId();
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      aria-disabled={stuck}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint`}
      onClick={() => {
        if (!stuck) onChange(!on);
      }}
      className="group flex min-h-14 w-full items-center gap-3.5 rounded-xl px-3 py-2.5 text-left transition-colors hover:bg-sunken aria-disabled:cursor-not-allowed aria-disabled:hover:bg-transparent"
    >
      <span className="text-muted group-aria-checked:text-accent-text" aria-hidden="true">
        {icon}
      </span>
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span id={`${id}-label`} className="font-semibold">
          {label}
        </span>
        <span id={`${id}-hint`} className="text-sm text-pretty text-muted">
          {hint}
        </span>
      </span>
      <span
        aria-hidden="true"
        className="relative h-7 w-12 shrink-0 rounded-full border-2 border-line-strong bg-sunken transition-colors group-aria-checked:border-accent group-aria-checked:bg-accent group-aria-disabled:opacity-55"
      >
        <span className="absolute top-1 left-1 size-4 rounded-full bg-line-strong transition group-aria-checked:translate-x-5 group-aria-checked:bg-on-accent" />
      </span>
    </button>
  );
}
