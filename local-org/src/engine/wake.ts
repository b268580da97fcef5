/**
 * How a thread that sleeps in `Atomics.wait` learns that a message has come. The sender posts its message and then
 * raises the number; the sleeper reads the number, drains its queues, and sleeps only while the number is still the
 * one that it read, so that a message posted in between is never slept over.
 */
export class Wake {
  readonly buffer: SharedArrayBuffer;
  private readonly cell: Int32Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.buffer = buffer;
    this.cell = new Int32Array(buffer);
  }

  /** To be read before the queues are drained. */
  seen(): number {
    return Atomics.load(this.cell, 0);
  }

  /** To be called after a message was posted. */
  raise(): void {
    Atomics.add(this.cell, 0, 1);
    Atomics.notify(this.cell, 0);
  }

  /** Sleeps until the number is another than `seen`, at most `ms` milliseconds. */
  wait(seen: number, ms: number): void {
    Atomics.wait(this.cell, 0, seen, ms);
  }
}
