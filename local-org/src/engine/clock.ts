/** The org's clock: real time, moved forward by tests and by injected faults. */
export class Clock {
  private offset = 0;

  /** Milliseconds since 1970. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** @throws RangeError where it would go back: what has happened stays in the past. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`the clock can't be moved by ${ms} ms: it only goes forward`);
    this.offset += ms;
  }
}
