import {
  memoryAlerts,
  memoryBaselines,
  memoryDecisions,
  memoryEvidence,
  memoryForgets,
  memoryIncrements,
  memoryLeases,
  memoryProgress,
  memoryRejects,
  memoryRouting,
  memorySegments,
  memorySink,
  memorySnapshots,
  memoryStream,
} from '@portcullis/pipeline/twins';
import { alertStoreContract, decisionStoreContract, forgetStoreContract } from './alert-stores.ts';
import { baselineStoreContract } from './baseline-store.ts';
import {
  activityStreamContract,
  alertSinkContract,
  evidenceStoreContract,
  incrementQueueContract,
  rejectStoreContract,
} from './outputs.ts';
import { leaseStoreContract, progressStoreContract, routingStoreContract } from './progress-stores.ts';
import { segmentStoreContract } from './segment-store.ts';
import { snapshotStoreContract } from './snapshot-store.ts';

segmentStoreContract('memory', async () => memorySegments(100_000));
baselineStoreContract('memory', async () => memoryBaselines());
snapshotStoreContract('memory', async () => memorySnapshots());
alertStoreContract('memory', async () => memoryAlerts());
decisionStoreContract('memory', async () => ({ store: memoryDecisions(() => 1000), now: () => 1000 }));
forgetStoreContract('memory', async () => memoryForgets());
progressStoreContract('memory', async () => memoryProgress());
routingStoreContract('memory', async () => memoryRouting());
leaseStoreContract('memory', async () => memoryLeases());
evidenceStoreContract('memory', async () => memoryEvidence());

activityStreamContract('memory', async () => {
  const stream = memoryStream();
  return { stream, read: async () => new Map(stream.shards().map(({ id, records }) => [id, records.map(asPut)])) };
});
alertSinkContract('memory', async () => {
  const sink = memorySink();
  return { sink, received: async () => sink.received() };
});
rejectStoreContract('memory', async () => {
  const store = memoryRejects();
  return { store, kept: async () => store.all() };
});
incrementQueueContract('memory', async () => {
  const queue = memoryIncrements();
  return { queue, received: async () => queue.sent() };
});

function asPut({ key, data }: { readonly key: string; readonly data: Uint8Array }) {
  return { key, data };
}
