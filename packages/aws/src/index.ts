export { type AwsOptions, awsPorts } from './aws-ports.ts';
export { type ClientSettings, type Clients, clientSettings, createClients } from './clients.ts';
export { type AwsConfig, awsConfigFrom, ENVIRONMENT, environmentOf } from './config.ts';
export { StillRefusedError, TooLargeError, UnreadableItemError } from './errors.ts';
export { incrementOf } from './increment-queue.ts';
export { readSettings } from './settings-parameter.ts';
export { settingsParameter } from './settings-value.ts';
export { TABLE_LIST, TABLES, type TableName, type TableSchema } from './tables.ts';
