import { createHmac, timingSafeEqual } from 'node:crypto';

export const COOKIE_NAME = 'roundtrip_learner';
/** Browsers keep a cookie for 400 days at most (RFC 6265bis §5.5). */
const MAX_AGE_S = 400 * 24 * 60 * 60;
const FORM = /^1\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** `1.<learner id>.<HMAC-SHA256 of it, base64url>` */
export function writeCookieValue(learnerId: string, secret: string): string {
  return `1.${learnerId}.${signatureOf(learnerId, secret).toString('base64url')}`;
}

/** The learner's id, or null for what we did not sign: forged, cut short, signed with another secret. */
export function parseCookieValue(value: string, secret: string): string | null {
  const [, learnerId, signature] = FORM.exec(value) ?? [];
  if (!learnerId || !signature) return null;
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(learnerId, secret);
  return given.length === right.length && timingSafeEqual(given, right) ? learnerId : null;
}

/** The `Set-Cookie` header: out of reach of scripts, not sent by other sites' requests. */
export function writeSetCookie(value: string, secure: boolean): string {
  const attributes = [
    `${COOKIE_NAME}=${value}`,
    'Path=/',
    `Max-Age=${MAX_AGE_S}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  return [...attributes, ...(secure ? ['Secure'] : [])].join('; ');
}

/** The values of our cookie in a `Cookie` header, in its order. There are two when someone planted a second. */
export function findCookieValues(header: string | null): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${COOKIE_NAME}=`))
    .map((pair) => pair.slice(COOKIE_NAME.length + 1));
}

function signatureOf(learnerId: string, secret: string): Buffer {
  // The prefix keeps this signature from meaning anything where the secret may sign other things.
  return createHmac('sha256', secret).update(`roundtrip learner 1 ${learnerId}`).digest();
}
