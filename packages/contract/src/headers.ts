/**
 * Header of a changing HTTP call: the id of the user on whose screen it was clicked. Refused when the
 * session belongs to somebody else by now, because another tab logged in as another user.
 */
export const ACTING_USER_HEADER = 'x-acting-user';
