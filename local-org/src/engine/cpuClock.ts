/**
 * Milliseconds of CPU that this thread has used. Not the time that passes: a busy machine must not make Apex slower than
 * its limits allow.
 */
export function cpuNow(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
