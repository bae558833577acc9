/** A grey place for something that is on its way; size and shape come with `className`. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={`block animate-pulse rounded-full bg-line ${className}`} />;
}
