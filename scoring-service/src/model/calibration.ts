import { probabilityOf } from '../features/shrunkenRecord.ts';
import type { Calibration } from './manifest.ts';

/** The probability for a raw score: by the manifest's calibration, else the logistic of the raw score as it is. */
export function calibrated(calibration: Calibration | undefined, raw: number): number {
  if (calibration === undefined) return probabilityOf(raw);
  if (calibration.kind === 'platt') return probabilityOf(calibration.a * raw + calibration.b);
  let previous = calibration.points[0];
  for (const point of calibration.points) {
    if (raw <= point.raw) {
      if (previous === undefined || point.raw === previous.raw) return point.probability;
      const part = (raw - previous.raw) / (point.raw - previous.raw);
      return previous.probability + part * (point.probability - previous.probability);
    }
    previous = point;
  }
  return previous?.probability ?? Number.NaN;
}
