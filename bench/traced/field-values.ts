import { parseCookies, parseSetCookie } from '@/lib/protocols/cookies';
import { parseChallenges, parseCredentials } from '@/lib/protocols/http-auth';
import { parseCacheControl } from '@/lib/protocols/http-cache';
import { parseMimeType } from '@/lib/protocols/mime';
import type { TracedRoom } from './decoder';

const SET_COOKIE =
  'session=8f14e45fceea167a5a36dedd4bea2543; Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=Lax';
const COOKIE = 'session=8f14e45fceea167a5a36dedd4bea2543; theme=dark; language=en-GB';
const CHALLENGES =
  'Digest realm="api@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv", opaque="FQhe/qaU925kfnzjCev0ci"';
const CREDENTIALS = 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==';
const CACHE_CONTROL = 'public, max-age=600, s-maxage=3600, stale-while-revalidate=60, no-transform';
const MIME_TYPE = 'multipart/form-data; boundary="----WebKitFormBoundary7MA4YWxk"; charset=utf-8';

/** Values of fields, as servers and browsers write them. */
export const fieldValueCases = (): Record<'cookies' | 'http-auth' | 'http-cache' | 'mime', TracedRoom> => ({
  cookies: {
    'Set-Cookie': (sink) => parseSetCookie(SET_COOKIE, sink),
    Cookie: (sink) => parseCookies(COOKIE, sink),
  },
  'http-auth': {
    challenge: (sink) => parseChallenges(CHALLENGES, sink),
    credentials: (sink) => parseCredentials(CREDENTIALS, sink),
  },
  'http-cache': { 'Cache-Control': (sink) => parseCacheControl(CACHE_CONTROL, sink) },
  mime: { 'media type': (sink) => parseMimeType(MIME_TYPE, sink) },
});
