/** Loaded into every process that the demo or a test starts: it ends when the one who started it is gone. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
