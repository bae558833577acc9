import type { Messages } from '../locales/en.ts';

/** Why a screen is back at the login page. */
export function endedText(reason: string, t: Messages): string {
  switch (reason) {
    case 'logout':
      return t.session.endedElsewhere;
    case 'another user is logged in':
      return t.session.otherUser;
    case 'FORBIDDEN':
      return t.session.wrongAddress;
    default:
      return t.session.ended;
  }
}
