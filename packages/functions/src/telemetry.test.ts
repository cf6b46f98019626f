import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { observed } from './telemetry.ts';

const context = { functionName: 'alert', awsRequestId: 'r-1', getRemainingTimeInMillis: () => 1000 } as Context;

let printed: string[];
beforeEach(() => {
  printed = [];
  for (const method of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void printed.push(line));
  }
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

it('answers, and tells figures under one dimension', async () => {
  const handler = observed(async (event: { readonly secret: string }) => ({
    answer: event.secret.length,
    figures: { Events: 3, OutboxAgeSeconds: 4 },
  }));

  expect(await handler({ secret: 'hidden' }, context)).toBe(6);

  const figures = JSON.parse(printed.find((line) => line.includes('_aws')) ?? '{}');
  expect(figures).toMatchObject({ Events: 3, OutboxAgeSeconds: 4 });
  expect(figures._aws.CloudWatchMetrics[0].Dimensions.flat()).toEqual(['service']);
  expect(figures._aws.CloudWatchMetrics[0].Metrics).toContainEqual({ Name: 'OutboxAgeSeconds', Unit: 'Seconds' });
  expect(printed.join()).not.toContain('hidden');
});

it('throws on what was thrown, logs it, and not the event', async () => {
  const handler = observed(async (_: { readonly secret: string }) => {
    throw new Error('the table is throttled');
  });

  await expect(handler({ secret: 'hidden' }, context)).rejects.toThrow('the table is throttled');

  expect(printed.join()).toContain('the table is throttled');
  expect(printed.join()).not.toContain('hidden');
});

it('logs why something failed for now', async () => {
  await observed(async () => ({ answer: undefined, figures: {}, errors: ['Throttled: slow down'] }))({}, context);

  expect(printed.join()).toContain('Throttled: slow down');
});
