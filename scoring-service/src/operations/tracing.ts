import { SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';

const TRACER = 'scoring-service';

/**
 * Starts OpenTelemetry if its standard environment variables ask for it (OTEL_EXPORTER_OTLP_ENDPOINT,
 * OTEL_TRACES_EXPORTER, …). Its packages are loaded only then. Returns what ends it.
 */
export async function startTracing(environment: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const asked = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_TRACES_EXPORTER'];
  const isAsked = asked.some((name) => environment[name]) && environment['OTEL_SDK_DISABLED'] !== 'true';
  if (!isAsked) return () => Promise.resolve();
  environment['OTEL_SERVICE_NAME'] ??= TRACER;
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ instrumentations: [] });
  sdk.start();
  return () => sdk.shutdown();
}

/** One span a request, a child of the caller's by `traceparent`. It has ids and numbers only, as the log. */
export function requestSpans(): RequestHandler {
  return (request, response, next) => {
    const parent = propagation.extract(context.active(), request.headers);
    const attributes = { 'http.request.method': request.method };
    const span = trace.getTracer(TRACER).startSpan('request', { kind: SpanKind.SERVER, attributes }, parent);
    response.once('close', () => {
      const route: unknown = request.route;
      if (typeof route === 'object' && route !== null && 'path' in route) {
        span.updateName(`${request.method} ${String(route.path)}`);
      }
      span.setAttribute('http.response.status_code', response.statusCode);
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(trace.setSpan(parent, span), next);
  };
}

/** Does a piece of work within a span. */
export function traced<Result>(name: string, work: () => Result): Result {
  return trace.getTracer(TRACER).startActiveSpan(name, (span) => {
    const result = work();
    if (result instanceof Promise)
      void result.then(
        () => span.end(),
        () => span.end(),
      );
    else span.end();
    return result;
  });
}
