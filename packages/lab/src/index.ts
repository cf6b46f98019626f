export { stolenKeyStory } from './attacks/stolen-key.ts';
export { deliver } from './delivery/deliver.ts';
export { type Disturbance, duplicated, reordered, resplit, shuffledFiles } from './delivery/disturb.ts';
export { type LogFile, logFileBytes } from './delivery/log-file.ts';
export { memorySource } from './delivery/memory-source.ts';
export { randomStream } from './random.ts';
export { labNetworks } from './record/network-owners.ts';
export { simulate } from './simulate.ts';
export { smallWorld } from './worlds/small-world.ts';
