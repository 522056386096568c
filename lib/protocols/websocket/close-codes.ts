/** Why a connection is closed (RFC 6455 §7.4.1; 1012 to 1014 were registered later, §11.7). */
export const CLOSE_CODES = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  unsupportedData: 1003,
  noStatus: 1005,
  abnormal: 1006,
  invalidPayload: 1007,
  policyViolation: 1008,
  messageTooBig: 1009,
  mandatoryExtension: 1010,
  internalError: 1011,
  serviceRestart: 1012,
  tryAgainLater: 1013,
  badGateway: 1014,
  tlsHandshake: 1015,
} as const;

/** Those that say something about the end of a connection but never stand in a Close frame (§7.4.1). */
const NEVER_SENT: readonly number[] = [CLOSE_CODES.noStatus, CLOSE_CODES.abnormal, CLOSE_CODES.tlsHandshake];

const REGISTERED = new Set<number>(Object.values(CLOSE_CODES).filter((code) => !NEVER_SENT.includes(code)));

/**
 * Whether a code may stand in a Close frame: a registered one, or one of 3000 to 4999, which belong to libraries and
 * applications (§7.4.2).
 */
export function isCloseCodeForWire(code: number): boolean {
  return REGISTERED.has(code) || (Number.isInteger(code) && code >= 3000 && code <= 4999);
}
