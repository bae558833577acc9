/** Every room name is made here. A user's room is named by the id alone, which never contains a colon. */
export const userRoom = (userId: string) => userId;
export const sessionRoom = (sessionId: string) => `session:${sessionId}`;
export const POSTS = 'post:';
export const postRoom = (postId: string) => POSTS + postId;
export const postOf = (room: string) => room.slice(POSTS.length);
/** Every socket that has been told that it is ready. */
export const EVERYBODY = 'room:everybody';
