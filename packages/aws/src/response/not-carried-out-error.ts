/** AWS took a call and did not carry it out; told as a refusal with this code. */
export class NotCarriedOutError extends Error {
  override readonly name = 'NotCarriedOutError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
