import { describe, expect, it } from 'vitest';
import { recordsAllManagement } from './recorded-events.ts';

const all = { readWriteType: 'All', includeManagementEvents: true, dataResources: [] };
const management = { field: 'eventCategory', equals: ['Management'] };

describe('recordsAllManagement', () => {
  it.each([
    { why: 'management events of all sorts', request: { eventSelectors: [all] }, whole: true },
    {
      why: 'besides data events',
      request: { eventSelectors: [{ ...all, includeManagementEvents: false }, all] },
      whole: true,
    },
    { why: 'written as text', request: JSON.stringify({ eventSelectors: [all] }), whole: true },
    { why: 'writes alone', request: { eventSelectors: [{ ...all, readWriteType: 'WriteOnly' }] }, whole: false },
    {
      why: 'no management events',
      request: { eventSelectors: [{ ...all, includeManagementEvents: false }] },
      whole: false,
    },
    {
      why: 'not those of one service',
      request: { eventSelectors: [{ ...all, excludeManagementEventSources: ['kms.amazonaws.com'] }] },
      whole: false,
    },
    { why: 'a type left out', request: { eventSelectors: [{ includeManagementEvents: true }] }, whole: false },
    { why: 'the category', request: { advancedEventSelectors: [{ fieldSelectors: [management] }] }, whole: true },
    {
      why: 'the category, but for reads',
      request: { advancedEventSelectors: [{ fieldSelectors: [management, { field: 'readOnly', equals: ['false'] }] }] },
      whole: false,
    },
    {
      why: 'another category',
      request: { advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] }] },
      whole: false,
    },
    { why: 'no selectors', request: { eventSelectors: [] }, whole: false },
    { why: 'nothing told', request: null, whole: false },
    {
      why: 'nonsense',
      request: { eventSelectors: [7, 'x'], advancedEventSelectors: [{ fieldSelectors: 3 }] },
      whole: false,
    },
  ])('$why: $whole', ({ request, whole }) => {
    expect(recordsAllManagement(request)).toBe(whole);
  });
});
