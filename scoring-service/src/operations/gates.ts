import type { ServedModel } from '../model/servedModel.ts';
import { ROWS_PER_RUN } from '../model/servedModel.ts';

/** One condition that a model must meet to serve, and whether it does. */
export interface Gate {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

const FEWEST_HOLDOUT_ROWS = 500;
const LARGEST_CALIBRATION_ERROR = 0.05;
const LARGEST_AUC_LOSS = 0.005;
const SLOWEST_RUN_MS = 50;
const FEWEST_RUNS = 3;
const MOST_RUNS = 20;

/**
 * Tries whether a model may serve. Its files were checked when it was loaded (hash, shape, features, explanation). A prior
 * claims nothing and needs to be fast only; a trained one must be better than no model, and not worse than the champion.
 */
export async function tryGates(model: ServedModel, champion: ServedModel | null): Promise<Gate[]> {
  const gates: Gate[] = [
    { name: 'loads', passed: true, detail: 'Hashes, shapes, features and explanation are what the manifest says.' },
    await speedGate(model),
  ];
  const { metrics, kind, calibrated } = model.manifest;
  if (kind === 'prior') return gates;
  const rows = metrics['holdout_rows'] ?? 0;
  gates.push({
    name: 'holdout',
    passed: rows >= FEWEST_HOLDOUT_ROWS,
    detail: `Measured on ${rows} held-out rows; at least ${FEWEST_HOLDOUT_ROWS} are needed.`,
  });
  const loss = metrics['holdout_log_loss'];
  const baseline = metrics['baseline_log_loss'];
  gates.push({
    name: 'better-than-the-mean',
    passed: loss !== undefined && baseline !== undefined && loss < baseline,
    detail: `Log loss ${shown(loss)}; ${shown(baseline)} for everybody's mean (metrics holdout_log_loss, baseline_log_loss).`,
  });
  if (calibrated) {
    const error = metrics['holdout_calibration_error'];
    gates.push({
      name: 'calibration',
      passed: error !== undefined && error <= LARGEST_CALIBRATION_ERROR,
      detail: `Calibration error ${shown(error)}; at most ${LARGEST_CALIBRATION_ERROR} (metric holdout_calibration_error).`,
    });
  }
  const championAuc = champion?.manifest.metrics['holdout_auc'];
  if (champion?.manifest.kind === 'trained' && championAuc !== undefined) {
    const auc = metrics['holdout_auc'];
    gates.push({
      name: 'not-worse-than-the-champion',
      passed: auc !== undefined && auc >= championAuc - LARGEST_AUC_LOSS,
      detail: `AUC ${shown(auc)}, the champion's ${championAuc}; at most ${LARGEST_AUC_LOSS} may be lost (metric holdout_auc).`,
    });
  }
  return gates;
}

function shown(metric: number | undefined): string {
  return metric === undefined ? 'not in the manifest' : String(metric);
}

/** The fastest of some runs: others share the machine, and what they take is not the model's. */
async function speedGate(model: ServedModel): Promise<Gate> {
  const rows = new Float32Array(ROWS_PER_RUN * model.win.manifest.features.length);
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < FEWEST_RUNS || (run < MOST_RUNS && fastest > SLOWEST_RUN_MS); run++) {
    const started = performance.now();
    await model.win.run(rows);
    fastest = Math.min(fastest, performance.now() - started);
  }
  return {
    name: 'speed',
    passed: fastest <= SLOWEST_RUN_MS,
    detail: `${ROWS_PER_RUN} rows take ${fastest.toFixed(1)} ms; at most ${SLOWEST_RUN_MS}.`,
  };
}
