/** Prints what has been done, with the seconds since the start. */
export function progressLines(write: (line: string) => void = console.log): (line: string) => void {
  const started = performance.now();
  return (line) => write(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}
