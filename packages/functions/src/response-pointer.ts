import type { AlertPointer } from '@portcullis/respond';
import { isRecord } from './is-record.ts';

/**
 * What an invocation points at: an alert that came over the bus, or one that a schedule of ours comes back to.
 *
 * Nothing else of the event is believed. A form that is not known points at nothing.
 */
export function pointerIn(event: unknown): (AlertPointer & { readonly isSweep: boolean }) | undefined {
  if (!isRecord(event)) return undefined;
  if (typeof event.alert === 'string') return { id: event.alert, mode: 'live', isSweep: true };
  const metadata = isRecord(event.detail) ? event.detail.metadata : undefined;
  if (!isRecord(metadata) || typeof metadata.id !== 'string' || typeof metadata.mode !== 'string') return undefined;
  const replayName = event['replay-name'];
  return {
    id: metadata.id,
    mode: metadata.mode,
    isSweep: false,
    ...(replayName === undefined ? {} : { replayName: String(replayName) }),
  };
}
