import type { QuietHours } from '@live-likes/contract';
import { MoonStar } from 'lucide';
import { useId } from 'react';
import { useLanguage } from '../locales/language.ts';
import { usePageText } from '../locales/usePageText.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SettingsGroup } from './SettingsGroup.tsx';
import { SwitchRow } from './SwitchRow.tsx';
import { timeZoneName } from './timeZoneName.ts';
import { useChangeSettings } from './useChangeSettings.ts';

const FIRST = { from: '22:00', to: '07:00' };

export function QuietHoursGroup({ quietHours }: { quietHours: QuietHours | null }) {
  const t = usePageText();
  const change = useChangeSettings();
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return (
    <SettingsGroup title={t.settings.quietHours} hint={t.settings.quietHoursHint}>
      <SwitchRow
        icon={<Icon of={MoonStar} size={20} />}
        label={t.settings.quiet}
        hint={t.settings.quietHint}
        on={quietHours !== null}
        onChange={(on) => change({ quietHours: on ? { ...FIRST, timeZone } : null })}
      />
      {quietHours && <Hours quietHours={quietHours} ownZone={timeZone} />}
    </SettingsGroup>
  );
}

function Hours({ quietHours, ownZone }: { quietHours: QuietHours; ownZone: string }) {
  const t = usePageText();
  const change = useChangeSettings();
  const language = useLanguage();
  const set = (part: Partial<QuietHours>) => change({ quietHours: { ...quietHours, ...part } });
  const { from, to, timeZone } = quietHours;
  return (
    <div className="grid gap-3 px-3 pt-1 pb-2.5">
      <div className="flex flex-wrap gap-3">
        <TimeField label={t.settings.from} value={from} onChange={(time) => set({ from: time })} />
        <TimeField label={t.settings.to} value={to} onChange={(time) => set({ to: time })} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-muted">
        <p>{from === to ? t.settings.never : t.settings.zone(timeZoneName(timeZone, language))}</p>
        {timeZone !== ownZone && (
          <Button look="secondary" onClick={() => set({ timeZone: ownZone })}>
            {t.settings.ownZone(timeZoneName(ownZone, language))}
          </Button>
        )}
      </div>
    </div>
  );
}

interface TimeFieldProps {
  label: string;
  value: string;
  onChange(time: string): void;
}

function TimeField({ label, value, onChange }: TimeFieldProps) {
  const id = useId();
  return (
    <div className="grid flex-1 basis-32 gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        type="time"
        required
        value={value}
        onChange={(event) => {
          // While a part of it is missing there is no time.
          if (event.target.value) onChange(event.target.value);
        }}
        className="min-h-11 w-full rounded-xl border border-line-strong bg-surface px-3.5 text-base tabular-nums transition-colors hover:border-text"
      />
    </div>
  );
}
