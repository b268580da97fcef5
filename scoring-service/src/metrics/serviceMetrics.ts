import type { RequestHandler } from 'express';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { leadColumns } from '../features/featureVector.ts';
import { leadSubject } from '../features/leadFeatures.ts';
import type { ServedModel } from '../model/servedModel.ts';
import type { PreparedRequest } from '../routing/preparedRequest.ts';
import type { Decided } from '../routing/routeLeads.ts';
import { bucketOf, stabilityIndex } from './drift.ts';

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/**
 * What Prometheus reads. No label takes a value from a request. Drift is counted in buckets of features, so that the
 * counters of replicas can be added up; the index of this process stands beside them.
 */
export class ServiceMetrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'route' | 'status'>;
  readonly #leads: Counter<'arm'>;
  readonly #confidence: Histogram;
  readonly #withoutConfidence: Counter;
  readonly #notAdmitted: Counter;
  readonly #buckets: Counter<'feature' | 'bucket'>;
  readonly #counts = new Map<string, number[]>();
  #drifting: ServedModel | null = null;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({
      name: 'scoring_request_seconds',
      help: 'Time from arrival to the end of the answer.',
      labelNames: ['route', 'status'],
      buckets: SECONDS,
      registers,
    });
    this.#leads = new Counter({
      name: 'scoring_leads_total',
      help: 'Leads decided, by arm; nobody: without a recommendation, so that the caller falls back.',
      labelNames: ['arm'],
      registers,
    });
    this.#confidence = new Histogram({
      name: 'scoring_confidence',
      help: 'Confidence of recommendations.',
      buckets: TENTHS,
      registers,
    });
    this.#withoutConfidence = new Counter({
      name: 'scoring_without_confidence_total',
      help: 'Recommendations of a model that can not say how sure it is.',
      registers,
    });
    this.#notAdmitted = new Counter({
      name: 'scoring_not_admitted_total',
      help: 'Requests refused because they could not be answered within their deadline.',
      registers,
    });
    this.#buckets = new Counter({
      name: 'scoring_feature_bucket_total',
      help: 'Leads by bucket of each feature that the model has a baseline for.',
      labelNames: ['feature', 'bucket'],
      registers,
    });
    const counts = this.#counts;
    const baselines = (): ServedModel['manifest']['baselines'] => this.#drifting?.manifest.baselines;
    new Gauge({
      name: 'scoring_feature_drift_psi',
      help: 'Population stability index of each feature against the training data, of this process since the model serves.',
      labelNames: ['feature'],
      registers,
      collect() {
        this.reset();
        for (const [feature, baseline] of Object.entries(baselines() ?? {})) {
          const index = stabilityIndex(baseline, counts.get(feature) ?? []);
          if (!Number.isNaN(index)) this.set({ feature }, index);
        }
      },
    });
  }

  /** Measures every request, by the route's pattern. */
  measure(): RequestHandler {
    return (request, response, next) => {
      const end = this.#requests.startTimer();
      response.once('close', () => {
        const route: unknown = request.route;
        const path = typeof route === 'object' && route !== null && 'path' in route ? String(route.path) : 'unknown';
        end({ route: path, status: String(response.statusCode) });
      });
      next();
    };
  }

  notAdmitted(): void {
    this.#notAdmitted.inc();
  }

  /** Counts a decided request. */
  decided(request: PreparedRequest, { results }: Decided, model: ServedModel): void {
    for (const { arm, recommended, confidence } of results) {
      this.#leads.inc({ arm: recommended === null ? 'nobody' : arm });
      if (confidence !== null) this.#confidence.observe(confidence);
      else if (recommended !== null) this.#withoutConfidence.inc();
    }
    this.#countFeatures(request, model);
  }

  #countFeatures(request: PreparedRequest, model: ServedModel): void {
    const { baselines } = model.manifest;
    if (baselines === undefined) return;
    if (this.#drifting?.sha256 !== model.sha256) {
      this.#drifting = model;
      this.#counts.clear();
    }
    const columns = leadColumns(model.lead.manifest.features).filter(({ name }) => Object.hasOwn(baselines, name));
    for (const subject of request.leads.map(leadSubject)) {
      for (const column of columns) {
        const baseline = baselines[column.name];
        if (baseline === undefined) continue;
        const bucket = bucketOf(baseline, column.value(subject));
        const counts = this.#counts.get(column.name) ?? new Array<number>(baseline.shares.length).fill(0);
        counts[bucket] = (counts[bucket] ?? 0) + 1;
        this.#counts.set(column.name, counts);
        this.#buckets.inc({ feature: column.name, bucket: String(bucket) });
      }
    }
  }
}
