/** What a formula or a simulation may be asked wrongly; the code is stable. */
export type TcpModelErrorCode = 'TCP_INVALID_INPUT';

/** An input outside what the model covers. The message names the input, what was seen and what was expected. */
export class TcpModelError extends Error {
  readonly code: TcpModelErrorCode;

  constructor(message: string) {
    super(message);
    this.name = 'TcpModelError';
    this.code = 'TCP_INVALID_INPUT';
  }
}

/** Throws TCP_INVALID_INPUT unless `value` lies in [min, max]; Infinity passes only where `max` is Infinity. */
export function assertInRange(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max)) {
    throw new TcpModelError(`${name} = ${value}: expected ${min} to ${max}`);
  }
}
