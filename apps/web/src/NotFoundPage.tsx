import { Link } from 'wouter';
import { usePageText } from './locales/usePageText.ts';
import { PageTitle } from './ui/PageTitle.tsx';

export function NotFoundPage() {
  const t = usePageText();
  return (
    <div className="grid justify-items-center gap-3 py-20 text-center">
      <PageTitle className="text-2xl font-bold">{t.nowhere.noPage}</PageTitle>
      <Link to="/" className="font-semibold text-accent-text underline underline-offset-4">
        {t.nowhere.backToPosts}
      </Link>
    </div>
  );
}
