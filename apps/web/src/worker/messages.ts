/** What a page tells the worker: to take over from the version before. */
export interface ToWorker {
  kind: 'take-over';
}

/** What the worker asks of a page: to show this address of the app, because its notification was clicked. */
export interface FromWorker {
  kind: 'open';
  url: string;
}
