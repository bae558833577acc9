export type { Alert } from './alerts.ts';
export { createLiveClient, type ConnectionState, type LiveClient, type LiveClientEvents } from './client.ts';
export { type Inbox, sortedItems } from './inbox.ts';
export type { PostLikes } from './postLikes.ts';
export { type Readable, writable } from './readable.ts';
export { socketWire } from './socketWire.ts';
export type { Clock, Wire, WireHandlers } from './wire.ts';
