export { type AccountModel, emptyAccount, type FunctionModel } from './account-model.ts';
export { type MemoryAccount, memoryAccount, type Refuse } from './memory-account.ts';
export { type MemoryPorts, memoryLedger, memoryPorts } from './memory-ports.ts';
