import { writeFileSync } from 'node:fs';

/** One measurement with its goal. `against` says what it was set beside. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string;
  readonly holds: boolean;
  readonly against: string;
}

/** The measurements of one run, printed as they come. */
export class Measurements {
  readonly #all: Measurement[] = [];

  add(
    name: string,
    value: number,
    [than, limit, unit]: readonly ['<=' | '>=' | '<', number, string],
    against: string,
  ): void {
    const holds = than === '<' ? value < limit : than === '<=' ? value <= limit : value >= limit;
    const goal = `${than} ${limit} ${unit}`;
    this.#all.push({ name, value: Number(value.toPrecision(3)), unit, goal, holds, against });
    const shown = `${value.toPrecision(3).padStart(9)} ${unit.padEnd(5)}`;
    process.stdout.write(`${holds ? 'ok  ' : 'MISS'} ${name.padEnd(52)} ${shown} goal ${goal}  (${against})\n`);
  }

  save(file: string): void {
    writeFileSync(file, `${JSON.stringify(this.#all, null, 2)}\n`);
  }
}
