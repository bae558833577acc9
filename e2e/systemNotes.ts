/** What a page told through the system, and what became of it. */
interface SystemNote {
  title: string;
  body: string;
  tag: string;
}

declare global {
  interface Window {
    systemNotes: SystemNote[];
    permissionAsked: number;
  }
}

/** Runs in the page before anything else. Works for notifications of the page itself, and for the worker's. */
export function keepSystemNotes() {
  window.systemNotes = [];
  window.permissionAsked = 0;
  const note = ([title, { body = '', tag = '' } = {}]: [string, NotificationOptions?]) =>
    window.systemNotes.push({ title, body, tag });
  window.Notification = new Proxy(window.Notification, {
    construct(target, args: [string, NotificationOptions?]) {
      note(args);
      return new target(...args);
    },
    get(target, key) {
      if (key === 'requestPermission') window.permissionAsked += 1;
      return Reflect.get(target, key, target) as unknown;
    },
  });
  const { prototype } = ServiceWorkerRegistration;
  const { showNotification } = prototype;
  prototype.showNotification = function show(...args) {
    note(args);
    return showNotification.apply(this, args);
  };
}
