/** What V8 is told for a node. `npm start`, the image and the systemd unit repeat it, as they can import nothing. */
export const V8_FLAGS: readonly string[] = [
  // A node has the work of one core, and threads that collect what lives shortly would take it from the event loop.
  '--no-parallel-scavenge',
  // Of the arrays that are made while many connect, most stay. V8 takes that for a habit and puts later ones of the same
  // kind where only a whole collection looks, and there each keeps all that it held.
  '--no-allocation-site-pretenuring',
  // Less of what connections leave behind grows old, and idle ones take less memory.
  '--max-semi-space-size=16',
  // A machine with much memory would let garbage grow for hundreds of megabytes.
  '--max-old-space-size=1024',
];
