import type { SetupRole } from './read-media';

/** Which roles may answer which (RFC 4145 §4.1); `holdconn`, which DTLS-SRTP does not use, answers itself. */
export const SETUP_ANSWERS = {
  active: ['passive', 'holdconn'],
  passive: ['active', 'holdconn'],
  actpass: ['active', 'passive', 'holdconn'],
  holdconn: ['holdconn'],
} as const satisfies Record<SetupRole, readonly SetupRole[]>;

/**
 * The answerer's role. An offer that leaves the choice gets the one wanted, `active` unless told otherwise, so that
 * the handshake can start before the answer has arrived (RFC 8829 §5.3.1, RFC 5763 §5). An offer without a role is
 * read as `active`, the default of RFC 4145 §4.1.
 */
export function answerSetup(
  offered: SetupRole | undefined,
  wanted: 'active' | 'passive' = 'active',
): SetupRole {
  if (offered === 'actpass') return wanted;
  if (offered === 'passive') return 'active';
  return offered === 'holdconn' ? 'holdconn' : 'passive';
}
