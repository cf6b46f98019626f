import { isTrue, type JsonObject, listOf, objectOf, partOf, textOf, textsOf } from './record.ts';

/**
 * Whether the selectors that a trail is given leave in all management events: reads and writes, of every service.
 *
 * What is not said outright counts as left out, so that a request cut short looks like a narrowing and not like none.
 */
export function recordsAllManagement(requestParameters: unknown): boolean {
  const request = objectOf(requestParameters);
  return (
    listOf(request.eventSelectors).some((selector) => isWhole(partOf(selector))) ||
    listOf(request.advancedEventSelectors).some((selector) => isWholeCategory(partOf(selector)))
  );
}

function isWhole({ readWriteType, includeManagementEvents, excludeManagementEventSources }: JsonObject): boolean {
  return (
    textOf(readWriteType) === 'All' &&
    isTrue(includeManagementEvents) &&
    listOf(excludeManagementEventSources).length === 0
  );
}

/** One condition and no further one: every other narrows. */
function isWholeCategory({ fieldSelectors }: JsonObject): boolean {
  const [only, ...others] = listOf(fieldSelectors).map(partOf);
  const categories = textsOf(only?.equals);
  return (
    others.length === 0 && only?.field === 'eventCategory' && categories.length === 1 && categories[0] === 'Management'
  );
}
