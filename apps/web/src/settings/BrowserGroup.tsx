import { Keyboard, Monitor, Moon, Sun } from 'lucide';
import { useId } from 'react';
import { usePageText } from '../locales/usePageText.ts';
import { type Appearance, APPEARANCES, chooseAppearance, useAppearance } from '../ui/appearance.ts';
import { Icon } from '../ui/Icon.tsx';
import { LanguagePicker } from '../ui/LanguagePicker.tsx';
import { switchShortcuts, useShortcutsOn } from '../ui/shortcuts.ts';
import { SettingsGroup } from './SettingsGroup.tsx';
import { SwitchRow } from './SwitchRow.tsx';

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** What is kept in this browser, and may differ from device to device. */
export function BrowserGroup() {
  const t = usePageText();
  const shortcutsOn = useShortcutsOn();
  return (
    <SettingsGroup title={t.settings.browser} hint={t.settings.browserHint}>
      <div className="grid gap-4 px-3 py-2.5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span className="font-semibold" aria-hidden="true">
            {t.app.language}
          </span>
          <LanguagePicker />
        </div>
        <AppearancePicker />
      </div>
      <SwitchRow
        icon={<Icon of={Keyboard} size={20} />}
        label={t.settings.shortcuts}
        hint={t.settings.shortcutsHint}
        on={shortcutsOn}
        onChange={switchShortcuts}
      />
    </SettingsGroup>
  );
}

function AppearancePicker() {
  const t = usePageText();
  const chosen = useAppearance();
  const name = useId();
  const words: Record<Appearance, string> = {
    system: t.settings.asSystem,
    light: t.settings.light,
    dark: t.settings.dark,
  };
  return (
    <fieldset className="flex flex-wrap items-center justify-between gap-2">
      <legend className="float-left font-semibold">{t.settings.appearance}</legend>
      <div className="flex min-w-0 gap-1 rounded-xl bg-sunken p-1 max-sm:w-full">
        {APPEARANCES.map((appearance) => {
          const icon = ICONS[appearance];
          return (
            <label
              key={appearance}
              className="flex min-h-10 flex-auto cursor-pointer items-center justify-center gap-2 rounded-lg px-2 text-sm font-medium whitespace-nowrap text-muted transition-colors hover:text-text has-checked:bg-accent-soft has-checked:text-accent-text has-checked:ring-1 has-checked:ring-accent-text sm:px-3 has-focus-visible:outline-2 has-focus-visible:outline-accent-text"
            >
              <input
                type="radio"
                name={name}
                checked={appearance === chosen}
                onChange={() => chooseAppearance(appearance)}
                className="sr-only"
              />
              <Icon of={icon} size={16} className="shrink-0 max-[22rem]:hidden" />
              {words[appearance]}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
