import type { User } from '@live-likes/contract';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { messageOf } from '../http/api.ts';
import { isolated } from '../locales/isolated.ts';
import { usePageText } from '../locales/usePageText.ts';
import { ChosenPerson } from './ChosenPerson.tsx';
import { candidates, nextOption } from './people.ts';
import { PersonOption } from './PersonOption.tsx';
import { usePeopleSearch } from './usePeopleSearch.ts';

interface PeoplePickerProps {
  chosen: User[];
  onChange(chosen: User[]): void;
}

/** The combobox of the ARIA practices, with what was chosen as chips before it. */
export function PeoplePicker({ chosen, onChange }: PeoplePickerProps) {
  const t = usePageText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  /** What happened last, for those who do not see it. */
  const [said, setSaid] = useState('');
  const { found, hasMore, settled, failed, error } = usePeopleSearch(words, open);
  const options = candidates(found, settled ? '' : words, chosen);
  const activeId = open && options[active] ? `${id}-${options[active].id}` : undefined;

  function show(nextWords: string, nextActive: number) {
    setWords(nextWords);
    setOpen(true);
    setActive(nextActive);
  }
  function add(user: User) {
    onChange([...chosen, user]);
    setSaid(t.announcements.added(isolated(user.name)));
    show('', -1);
  }
  function remove(user: User) {
    onChange(chosen.filter(({ id: other }) => other !== user.id));
    setSaid(t.announcements.removed(isolated(user.name)));
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault();
      if (open) setActive(nextOption(active, key, options.length));
      else show(words, 0);
    } else if (key === 'Enter') {
      // Never the form's: that has a button, and Ctrl+Enter in its text.
      event.preventDefault();
      const option = open ? options[active] : undefined;
      if (option) add(option);
    } else if (key === 'Escape') {
      if (open) setOpen(false);
      else setWords('');
    } else if (key === 'Backspace' && words === '' && !event.repeat) {
      const last = chosen.at(-1);
      if (last) remove(last);
    }
  }

  const note = noteOf();
  function noteOf() {
    if (failed) return t.announcements.searchFailed(messageOf(error));
    if (!settled) return options.length > 0 ? null : t.announcements.searching;
    if (options.length === 0) return hasMore ? t.announcements.keepTyping : t.announcements.nobodyFound;
    return hasMore ? t.announcements.keepTyping : null;
  }

  return (
    <div className="relative grid gap-1.5">
      <label htmlFor={id} className="text-sm text-muted">
        {t.announcements.search}
      </label>
      <div className="flex max-h-60 flex-wrap items-center gap-1.5 overflow-y-auto rounded-xl border border-line-strong bg-surface p-1.5 focus-within:outline-2 focus-within:outline-accent-text hover:border-text">
        {chosen.length > 0 && (
          <ul aria-label={t.announcements.chosenPeople} className="contents">
            {chosen.map((user) => (
              <ChosenPerson key={user.id} user={user} onRemove={() => remove(user)} />
            ))}
          </ul>
        )}
        <input
          ref={input}
          id={id}
          role="combobox"
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-activedescendant={activeId}
          value={words}
          onChange={(event) => show(event.target.value, event.target.value.trim() === '' ? -1 : 0)}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
          className="min-h-8 min-w-24 flex-1 bg-transparent px-2 outline-none"
        />
      </div>
      <div
        hidden={!open}
        className="absolute inset-x-0 top-full z-10 mt-1.5 rounded-2xl border border-line bg-raised p-1.5 shadow-float"
      >
        <div
          id={`${id}-list`}
          role="listbox"
          tabIndex={-1}
          aria-label={t.announcements.search}
          // The focus stays in the text.
          onMouseDown={(event) => event.preventDefault()}
          className="max-h-64 overflow-y-auto overscroll-contain"
        >
          {options.map((user, index) => (
            <PersonOption
              key={user.id}
              id={`${id}-${user.id}`}
              user={user}
              active={index === active}
              onPick={() => add(user)}
            />
          ))}
        </div>
        {note && <p className="px-3 py-2 text-sm text-muted">{note}</p>}
      </div>
      <p aria-live="polite" className="sr-only">
        {said} {open && settled && t.announcements.found(options.length)}
      </p>
    </div>
  );
}
