import { required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

/** A System.Version. */
export class ApexVersion {
  static readonly apexName = 'System.Version';
  readonly major: number;
  readonly minor: number;
  readonly patch: number | null;

  constructor(major: number, minor: number, patch: number | null = null) {
    this.major = major;
    this.minor = minor;
    this.patch = patch;
  }

  get valueKey(): string {
    return `\0version${this.toString()}`;
  }

  /** The patch counts only where both have one (Apex Reference, Version.compareTo). */
  compareTo(other: ApexVersion): number {
    const patches = this.patch === null || other.patch === null ? 0 : this.patch - other.patch;
    return Math.sign(this.major - other.major || this.minor - other.minor || patches);
  }

  toString(): string {
    return `${this.major}.${this.minor}${this.patch === null ? '' : `.${this.patch}`}`;
  }
}

type Int = number | null;

export const VersionClass = platformClass('System.Version', {
  'new (Integer, Integer)': (major: Int, minor: Int) => new ApexVersion(required(major), required(minor)),
  'new (Integer, Integer, Integer)': (major: Int, minor: Int, patch: Int) =>
    new ApexVersion(required(major), required(minor), required(patch)),
  'Integer compareTo(Version)': (version: ApexVersion, other: ApexVersion | null) => version.compareTo(required(other)),
  'Integer major()': (version: ApexVersion) => version.major,
  'Integer minor()': (version: ApexVersion) => version.minor,
  'Integer patch()': (version: ApexVersion) => version.patch,
});
