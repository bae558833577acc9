import { CircleAlert } from 'lucide';
import { Icon } from './Icon.tsx';

export function FormError({ message, id }: { message: string | null; id?: string }) {
  return (
    <div role="alert" id={id} className="empty:hidden">
      {message && (
        <p className="flex items-start gap-2 rounded-xl bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          <Icon of={CircleAlert} size={18} className="mt-px shrink-0" />
          <span className="min-w-0 wrap-anywhere">{message}</span>
        </p>
      )}
    </div>
  );
}
