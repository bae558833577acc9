import { type Permission, permission, tellOfPermission } from './permission.ts';

/** To be called from a click alone: browsers mistrust those that ask by themselves. */
export async function askForPermission(): Promise<Permission> {
  if (permission.get() === 'default') {
    await Notification.requestPermission();
    tellOfPermission();
  }
  return permission.get();
}
