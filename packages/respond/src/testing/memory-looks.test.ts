import { describe } from 'vitest';
import { looksContract } from './looks-contract.ts';
import { memoryLooks } from './memory-looks.ts';

describe('looks in memory', () => looksContract(() => memoryLooks()));
