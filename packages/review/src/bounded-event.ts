import type { PermissionReviewEvent } from '@portcullis/contract';

/** Characters of documents that travel along; targets of a bus keep small limits, and people read the rest where it is kept. */
const MAX_DOCUMENTS = 32 * 1024;
const MAX_LISTED = 20;

/**
 * A proposal as it fits through any target of a bus: lists cut short, documents left out where they are long, and where all of it is kept.
 *
 * @param full - place of the whole event's data
 */
export function boundedReviewEvent(
  event: PermissionReviewEvent,
  full: NonNullable<PermissionReviewEvent['detail']['data']['full']>,
): PermissionReviewEvent {
  const { data } = event.detail;
  const fits = JSON.stringify(data.documents).length <= MAX_DOCUMENTS;
  return {
    ...event,
    detail: {
      ...event.detail,
      data: {
        ...data,
        replace: data.replace.slice(0, MAX_LISTED),
        documents: fits ? data.documents : [],
        unusedTrust: data.unusedTrust.slice(0, MAX_LISTED),
        full,
      },
    },
  };
}
