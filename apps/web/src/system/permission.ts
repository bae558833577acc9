import { createEmitter } from '../realtime/emitter.ts';
import type { Readable } from '../realtime/live.ts';

/** Whether this browser may show notifications of the system; `default`: nobody was asked yet. */
export type Permission = NotificationPermission | 'unsupported';

const changes = createEmitter<{ change: null }>();
const supported = 'Notification' in globalThis;

export const permission: Readable<Permission> = {
  get: () => (supported ? Notification.permission : 'unsupported'),
  subscribe(listener) {
    watch();
    return changes.on('change', listener);
  },
};

/** To be called after somebody was asked for it. */
export const tellOfPermission = () => changes.emit('change', null);

let watching = false;

/** Hears of it when the permission is given or taken in the browser's own settings. */
function watch() {
  if (watching || !supported) return;
  watching = true;
  navigator.permissions
    ?.query({ name: 'notifications' })
    .then((status) => status.addEventListener('change', tellOfPermission))
    .catch(() => undefined);
}
