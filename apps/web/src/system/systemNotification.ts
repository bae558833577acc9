/** One of the system's own notifications. */
export interface SystemNotification {
  title: string;
  body: string;
  /** One with the tag of another replaces it in place. */
  tag: string;
  /** The address in the app that a click opens. */
  url: string;
}

/** The arguments of `showNotification`. */
export function systemNotification({ title, body, tag, url }: SystemNotification) {
  const options = { body, tag, data: { url }, icon: '/icons/icon-192.png', badge: '/icons/badge-96.png' };
  return [title, options] as const;
}
