import { describe } from 'vitest';
import { ledgerContract } from './ledger-contract.ts';
import { memoryLedger } from './memory-ports.ts';

describe('the ledger in memory', () => ledgerContract(() => memoryLedger()));
