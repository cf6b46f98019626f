export { type AccountModel, emptyAccount, type FunctionModel } from './account-model.ts';
export { AT, aCut, anActor, anAlert, anEvent, aPlan, aPolicy, GUARD_OF } from './builders.ts';
export { type MemoryAccount, memoryAccount, type Refuse } from './memory-account.ts';
export { memoryLooks } from './memory-looks.ts';
export { type MemoryPorts, memoryLedger, memoryPorts } from './memory-ports.ts';
export { aBusyAccount, type SampleNames, sampleCuts } from './sample-cuts.ts';
