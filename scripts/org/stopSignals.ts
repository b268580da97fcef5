/** How often it is looked whether npm is still there. */
const LOOK_MS = 500;

/**
 * Resolves with the first SIGINT or SIGTERM, or when the npm that runs this script is gone: npm ended by force passes no
 * signal on, and nothing may be left running. From then on a second signal ends the process at once.
 */
export function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.env['npm_lifecycle_event'] !== undefined && process.ppid !== parent) stop('npm is gone');
    }, LOOK_MS);
    watch.unref();
    const stop = (why: string): void => {
      clearInterval(watch);
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(why);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
