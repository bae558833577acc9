/** The number on the icon of the installed app, where the browser has one. */
export function showAppBadge(unread: number) {
  if (!('setAppBadge' in navigator)) return;
  const shown = unread > 0 ? navigator.setAppBadge(unread) : navigator.clearAppBadge();
  // An app that is not installed has no icon, and may be refused.
  shown.catch(() => undefined);
}
