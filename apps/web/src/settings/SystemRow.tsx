import { BellRing } from 'lucide';
import { useRef } from 'react';
import { usePageText } from '../locales/usePageText.ts';
import { useReadable } from '../realtime/useReadable.ts';
import { askForPermission } from '../system/askForPermission.ts';
import { type Permission, permission } from '../system/permission.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SwitchRow } from './SwitchRow.tsx';
import { useChangeSettings } from './useChangeSettings.ts';

/** The wish is the same on all devices; each browser has to be allowed to follow it. */
export function SystemRow({ on }: { on: boolean }) {
  const t = usePageText();
  const change = useChangeSettings();
  const row = useRef<HTMLDivElement>(null);
  const allowed = useReadable(permission);
  const impossible = allowed === 'denied' || allowed === 'unsupported';
  const states: Record<Permission, string | null> = {
    granted: on ? t.settings.systemAllowed : null,
    default: on ? t.settings.systemNotAsked : null,
    denied: t.settings.systemBlocked,
    unsupported: t.settings.systemUnsupported,
  };
  const state = states[allowed];

  async function turn(next: boolean) {
    if (!next || (await askForPermission()) === 'granted') change({ system: next });
  }

  async function allow() {
    // The button goes when there is nothing left to ask.
    if ((await askForPermission()) !== 'default')
      row.current?.querySelector<HTMLElement>('[role=switch]')?.focus();
  }

  return (
    <div ref={row} className="grid">
      <SwitchRow
        icon={<Icon of={BellRing} size={20} />}
        label={t.settings.system}
        hint={t.settings.systemHint}
        on={on}
        stuck={impossible && !on}
        onChange={(next) => void turn(next)}
      />
      <div aria-live="polite" className="empty:hidden">
        {state && (
          <div
            className={`mx-3 mt-1 mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl px-3.5 py-2.5 text-sm text-pretty ${impossible ? 'bg-warn-soft text-warn' : 'bg-sunken text-muted'}`}
          >
            <span className="min-w-0 flex-1 basis-48">{state}</span>
            {allowed === 'default' && (
              <Button look="secondary" onClick={() => void allow()}>
                {t.settings.systemAllow}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
