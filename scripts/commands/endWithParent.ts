/**
 * Preloaded into every child that a command starts. The parent may be killed without a chance to say goodbye;
 * the channel to it then closes, and the child ends too instead of holding its port as an orphan.
 *
 * A child's own children may be given this file as well. Their channel belongs to somebody else: hands off.
 */
if (process.env['LIVE_LIKES_PARENT'] === String(process.ppid)) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}
