import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';
import type { Context } from 'aws-lambda';

/** Figures by name; the only dimension is the function, so that their number and cost are bounded. */
export type Figures = Readonly<Record<string, number>>;

export interface Outcome<R> {
  /** What Lambda gets. */
  readonly answer: R;
  readonly figures: Figures;
  /** Why something failed for now, each once; texts of errors, never what was worked on. */
  readonly errors?: readonly string[];
}

const logger = new Logger();
const metrics = new Metrics();
const tracer = new Tracer();

/** Figures that are not counts. */
const UNITS: Readonly<Record<string, (typeof MetricUnit)[keyof typeof MetricUnit]>> = {
  OutboxAgeSeconds: MetricUnit.Seconds,
};

/**
 * Makes a handler of a function: with figures, logs and a sampled trace of each invocation.
 *
 * Neither events nor answers get into logs or traces. What the function throws is logged and thrown on, for Lambda to
 * try again.
 */
export function observed<E, R>(
  work: (event: E, context: Context) => Promise<Outcome<R>>,
): (event: E, context: Context) => Promise<R> {
  return async (event, context) => {
    logger.addContext(context);
    metrics.setFunctionName(context.functionName);
    const trace = openTrace();
    try {
      const { answer, figures, errors = [] } = await work(event, context);
      for (const [name, value] of Object.entries(figures))
        metrics.addMetric(name, UNITS[name] ?? MetricUnit.Count, value);
      for (const error of errors) logger.warn('failed for now', { reason: error });
      return answer;
    } catch (error) {
      logger.error('failed', error instanceof Error ? error : new Error(String(error)));
      trace.failed(error);
      throw error;
    } finally {
      metrics.publishStoredMetrics();
      trace.close();
    }
  };
}

function openTrace(): { failed(error: unknown): void; close(): void } {
  if (!tracer.isTracingEnabled()) return { failed() {}, close() {} };
  const parent = tracer.getSegment();
  const segment = parent?.addNewSubsegment('work');
  if (segment) tracer.setSegment(segment);
  tracer.annotateColdStart();
  return {
    failed(error) {
      if (error instanceof Error) tracer.addErrorAsMetadata(error);
    },
    close() {
      segment?.close();
      if (parent) tracer.setSegment(parent);
    },
  };
}
