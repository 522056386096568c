/**
 * Every way in which a request is refused, and the status that says so. The codes are stable: clients and tests
 * rely on them. The sentences are for developers; a page shows its own from the message catalogue.
 */
const ERRORS = {
  'request.not_json': [400, 'The body is not JSON.'],
  'request.invalid': [400, 'A field does not fit the schema.'],
  'request.cross_origin': [403, 'Writes are taken from our own pages only.'],
  'request.not_found': [404, 'There is nothing at this address.'],
  'request.too_large': [413, 'The body is larger than 256 kB.'],
  'request.too_many': [429, 'Too many requests; see Retry-After.'],
  'learner.not_found': [404, 'There is no such learner.'],
  // 409, not 404: the client must look again at who it is, not give its events up.
  'learner.changed': [409, 'The cookie does not belong to the learner that the body names.'],
  'progress.lesson_not_found': [404, 'The course has no such lesson.'],
  'progress.lab_not_found': [404, 'The course has no such lab.'],
  // Also said of an event that another learner owns: whether it exists is nobody else's business.
  'progress.event_not_found': [404, 'There is no such event.'],
  'progress.log_full': [409, 'The log of this learner has reached its limit.'],
  'wire.too_long': [413, 'A run carries at most 64 kB.'],
  'wire.busy': [503, 'Too many runs are under way; see Retry-After.'],
  'server.failed': [500, 'Something failed on our side; the same request may be sent again.'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal with a stable code. `field` is the path of what is wrong, such as `events.0.section`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly status: number;
  readonly field: string | undefined;
  /** Seconds until it is worth trying again. */
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, details: { field?: string; message?: string; retryAfterS?: number } = {}) {
    super(details.message ?? ERRORS[code][1]);
    this.code = code;
    this.status = ERRORS[code][0];
    this.field = details.field;
    this.retryAfterS = details.retryAfterS;
  }
}
