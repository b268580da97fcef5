/** Headers of a request or response: names in any case, in the order in which they were first set. */
export class HttpHeaders {
  private readonly entries = new Map<string, { name: string; value: string }>();

  set(name: string, value: string): void {
    const key = name.toLowerCase();
    this.entries.set(key, { name: this.entries.get(key)?.name ?? name, value });
  }

  /** A further value of a header that may come more than once. */
  add(name: string, value: string): void {
    const before = this.entries.get(name.toLowerCase());
    this.set(name, before ? `${before.value},${value}` : value);
  }

  get(name: string): string | null {
    return this.entries.get(name.toLowerCase())?.value ?? null;
  }

  get names(): string[] {
    return [...this.entries.values()].map(({ name }) => name);
  }

  get pairs(): [string, string][] {
    return [...this.entries.values()].map(({ name, value }) => [name, value]);
  }
}
