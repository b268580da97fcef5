/** How often it is looked whether npm is still there. */
const LOOK_MS = 500;
/** npm passes a signal on that the terminal has sent to everybody already: so close together they are one. */
const SAME_SIGNAL_MS = 1000;

/**
 * Resolves with the first SIGINT or SIGTERM, or when the npm that runs this script is gone: npm ended by force passes no
 * signal on, and nothing may be left running. A second signal ends the process at once, for who does not want to wait.
 */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    const parent = process.ppid;
    let stoppedAt: number | null = null;
    const stop = (why: string): void => {
      clearInterval(watch);
      const now = performance.now();
      stoppedAt ??= now;
      if (now - stoppedAt > SAME_SIGNAL_MS) process.exit(1);
      resolve(why);
    };
    const watch = setInterval(() => {
      if (process.env['npm_lifecycle_event'] !== undefined && process.ppid !== parent) stop('npm is gone');
    }, LOOK_MS);
    watch.unref();
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
