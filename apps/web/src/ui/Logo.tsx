/** The mark: a heart with a live dot. */
export function Logo({ className = 'size-8' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="#d11f4c" />
      <path d="M15.2 25.4 7.7 17.9a5.3 5.3 0 0 1 7.5-7.5 5.3 5.3 0 0 1 7.5 7.5Z" fill="#fff" />
      <circle cx="24" cy="8.4" r="5.2" fill="#d11f4c" />
      <circle cx="24" cy="8.4" r="3.2" fill="#ffd0c2" />
    </svg>
  );
}
