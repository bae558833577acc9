import { Languages } from 'lucide';
import { useId } from 'react';
import { chooseLanguage, type Language, LANGUAGES, useLanguage, useText } from '../locales/language.ts';
import { Icon } from './Icon.tsx';

/** Every language by its own name, so that nobody has to read another one to find theirs. */
export function LanguagePicker() {
  const t = useText();
  const id = useId();
  const language = useLanguage();
  return (
    <span className="inline-flex items-center gap-2 text-sm text-muted">
      <Icon of={Languages} size={16} />
      <label htmlFor={id} className="sr-only">
        {t.app.language}
      </label>
      <select
        id={id}
        value={language}
        onChange={(event) => void chooseLanguage(event.target.value as Language)}
        className="min-h-10 rounded-xl border border-line-strong bg-surface px-3 text-text"
      >
        {Object.entries(LANGUAGES).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}
