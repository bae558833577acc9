import type { User } from '@live-likes/contract';
import { useId, useState } from 'react';
import { usePageText } from '../locales/usePageText.ts';
import { PeoplePicker } from './PeoplePicker.tsx';

interface RecipientsProps {
  /** Null: everybody. */
  chosen: User[] | null;
  onChange(chosen: User[] | null): void;
}

export function Recipients({ chosen, onChange }: RecipientsProps) {
  const t = usePageText();
  const name = useId();
  /** Those chosen come back when somebody tries "everybody" in between. */
  const [before, setBefore] = useState<User[]>([]);
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1 text-sm font-medium">{t.announcements.to}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        <Choice
          name={name}
          checked={chosen === null}
          onCheck={() => {
            setBefore(chosen ?? []);
            onChange(null);
          }}
        >
          {t.announcements.everybody}
        </Choice>
        <Choice name={name} checked={chosen !== null} onCheck={() => onChange(before)}>
          {t.announcements.chosenPeople}
        </Choice>
      </div>
      {chosen && <PeoplePicker chosen={chosen} onChange={onChange} />}
    </fieldset>
  );
}

interface ChoiceProps {
  name: string;
  checked: boolean;
  onCheck(): void;
  children: string;
}

function Choice({ name, checked, onCheck, children }: ChoiceProps) {
  return (
    <label className="flex min-h-8 cursor-pointer items-center gap-2 text-sm">
      <input type="radio" name={name} checked={checked} onChange={onCheck} className="size-4 accent-accent" />
      {children}
    </label>
  );
}
