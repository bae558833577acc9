const KEY = 'live-likes.user';

/**
 * The id of the user who logged in last with this browser, shared by its tabs. A hint only: storage
 * may be forbidden, and the server alone knows whether the session still holds.
 */
export const lastUser = {
  get(): string | null {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  set(userId: string | null) {
    try {
      if (userId === null) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, userId);
    } catch {
      // Without storage the tabs learn of each other from the server alone.
    }
  },
  onChangeElsewhere(listener: (userId: string | null) => void) {
    addEventListener('storage', (event) => {
      if (event.key === KEY) listener(event.newValue);
    });
  },
};
