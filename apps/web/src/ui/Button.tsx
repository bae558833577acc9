import type { ComponentProps } from 'react';

const LOOK = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover shadow-card',
  secondary: 'border border-line bg-surface text-text hover:border-line-strong',
  quiet: 'text-accent-text hover:bg-accent-soft',
  danger: 'bg-danger text-page hover:opacity-90',
};

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof LOOK;
}

export function Button({ look = 'primary', className = '', type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-full px-4 text-sm font-semibold transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 ${LOOK[look]} ${className}`}
      {...rest}
    />
  );
}
