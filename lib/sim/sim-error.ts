/** What can go wrong in this room; the codes are stable. */
export type SimErrorCode = 'SIM_QUEUE_FULL' | 'SIM_TIME_REVERSED' | 'SIM_INVALID_INPUT';

/** A simulation was asked for something impossible. `code` says which; the message names the value seen. */
export class SimError extends Error {
  readonly code: SimErrorCode;

  constructor(code: SimErrorCode, message: string) {
    super(message);
    this.name = 'SimError';
    this.code = code;
  }
}
