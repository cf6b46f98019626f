import type { Operation } from './api-call.ts';

/** AWS refused to show what an action is about to change; caught where the action is run, and told as a failure. */
export class LookRefusedError extends Error {
  readonly operation: Operation;
  readonly code: string;

  constructor(operation: Operation, code: string, message: string) {
    super(message);
    this.name = 'LookRefusedError';
    this.operation = operation;
    this.code = code;
  }
}
