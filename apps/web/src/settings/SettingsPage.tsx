import type { Settings } from '@live-likes/contract';
import { MessageSquareHeart, Volume2 } from 'lucide';
import { usePageText } from '../locales/usePageText.ts';
import { WithMe } from '../realtime/WithMe.tsx';
import { playSound } from '../system/sound.ts';
import { Icon } from '../ui/Icon.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { BrowserGroup } from './BrowserGroup.tsx';
import { QuietHoursGroup } from './QuietHoursGroup.tsx';
import { SettingsGroup } from './SettingsGroup.tsx';
import { SettingsSkeleton } from './SettingsSkeleton.tsx';
import { SwitchRow } from './SwitchRow.tsx';
import { SystemRow } from './SystemRow.tsx';
import { useChangeSettings } from './useChangeSettings.ts';

export function SettingsPage() {
  const t = usePageText();
  return (
    <>
      <PageTitle className="text-2xl font-bold tracking-tight">{t.settings.title}</PageTitle>
      <WithMe skeleton={<SettingsSkeleton />} failedTitle={t.settings.failed}>
        {({ settings }) => <OnAllDevices settings={settings} />}
      </WithMe>
      <BrowserGroup />
    </>
  );
}

function OnAllDevices({ settings: { toasts, sound, system, quietHours } }: { settings: Settings }) {
  const t = usePageText();
  const change = useChangeSettings();
  return (
    <>
      <SettingsGroup title={t.settings.news} hint={t.settings.newsHint}>
        <SwitchRow
          icon={<Icon of={MessageSquareHeart} size={20} />}
          label={t.settings.toasts}
          hint={t.settings.toastsHint}
          on={toasts}
          onChange={(on) => change({ toasts: on })}
        />
        <SwitchRow
          icon={<Icon of={Volume2} size={20} />}
          label={t.settings.sound}
          hint={t.settings.soundHint}
          on={sound}
          onChange={(on) => {
            if (on) playSound();
            change({ sound: on });
          }}
        />
        <SystemRow on={system} />
      </SettingsGroup>
      <QuietHoursGroup quietHours={quietHours} />
    </>
  );
}
