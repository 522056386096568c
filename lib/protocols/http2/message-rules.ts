import type { HeaderField } from '../hpack';

/** Where a field section stands in a message (RFC 9113 §8.1). */
export type SectionKind = 'request' | 'informational' | 'response' | 'trailers';

/** Fields that speak of one connection and have no meaning here (RFC 9113 §8.2.2). */
const CONNECTION_SPECIFIC = ['connection', 'proxy-connection', 'keep-alive', 'transfer-encoding', 'upgrade'];

const REQUEST_PSEUDO = [':method', ':scheme', ':authority', ':path', ':protocol'];

/**
 * What makes a field section malformed (RFC 9113 §8.1.1, §8.2, §8.3), in words for whoever reads the error, with the
 * section; or undefined. A malformed message is a stream error PROTOCOL_ERROR.
 * @param extendedConnect did we announce SETTINGS_ENABLE_CONNECT_PROTOCOL (RFC 8441 §4)?
 */
export function problemOfFields(
  fields: readonly HeaderField[],
  kind: SectionKind,
  extendedConnect = false,
): { seen: string; ref: string } | undefined {
  const pseudo = new Map<string, string>();
  let regularSeen = false;
  for (const { name, value } of fields) {
    if (!name.startsWith(':')) {
      regularSeen = true;
      const problem = problemOfField(name, value);
      if (problem) return problem;
      continue;
    }
    const known = kind === 'trailers' ? [] : kind === 'request' ? REQUEST_PSEUDO : [':status'];
    if (regularSeen) return { seen: `${name} after a regular field`, ref: 'RFC 9113 §8.3' };
    if (!known.includes(name)) return { seen: `${name} in ${kind}`, ref: 'RFC 9113 §8.3' };
    if (pseudo.has(name)) return { seen: `${name} twice`, ref: 'RFC 9113 §8.3' };
    if (!isFieldValue(value)) return { seen: `a value of ${name} that is none`, ref: 'RFC 9113 §8.2.1' };
    pseudo.set(name, value);
  }
  if (kind === 'request') return problemOfRequest(pseudo, fields, extendedConnect);
  return kind === 'trailers' ? undefined : problemOfStatus(pseudo.get(':status'));
}

function problemOfField(name: string, value: string): { seen: string; ref: string } | undefined {
  if (/[A-Z]/.test(name)) return { seen: `${name} with capitals`, ref: 'RFC 9113 §8.2' };
  if (!/^[!#$%&'*+\-.^_`|~0-9a-z]+$/.test(name))
    return { seen: 'a field name that is none', ref: 'RFC 9113 §8.2.1' };
  if (!isFieldValue(value)) return { seen: `a value of ${name} that is none`, ref: 'RFC 9113 §8.2.1' };
  const isSpecific =
    CONNECTION_SPECIFIC.includes(name) || (name === 'te' && value.toLowerCase() !== 'trailers');
  if (isSpecific) return { seen: `${name}: ${value}`, ref: 'RFC 9113 §8.2.2' };
  if (name === 'content-length' && !/^\d{1,15}$/.test(value))
    return { seen: `${name}: ${value}`, ref: 'RFC 9110 §8.6' };
  return undefined;
}

/** No NUL, CR, LF anywhere, no space or tab around (RFC 9113 §8.2.1). */
function isFieldValue(value: string): boolean {
  return !/[\0\r\n]|^[ \t]|[ \t]$/.test(value);
}

function problemOfRequest(
  pseudo: ReadonlyMap<string, string>,
  fields: readonly HeaderField[],
  extendedConnect: boolean,
): { seen: string; ref: string } | undefined {
  const method = pseudo.get(':method');
  const path = pseudo.get(':path');
  const authority = pseudo.get(':authority');
  if (!method) return { seen: 'no :method', ref: 'RFC 9113 §8.3.1' };
  if (pseudo.has(':protocol') && (method !== 'CONNECT' || !extendedConnect))
    return { seen: ':protocol', ref: 'RFC 8441 §4' };
  if (method === 'CONNECT' && !pseudo.has(':protocol')) {
    const isRight = authority && path === undefined && !pseudo.has(':scheme');
    return isRight ? undefined : { seen: 'CONNECT with more or less than :authority', ref: 'RFC 9113 §8.5' };
  }
  if (!pseudo.get(':scheme')) return { seen: 'no :scheme', ref: 'RFC 9113 §8.3.1' };
  if (!path) return { seen: path === undefined ? 'no :path' : 'an empty :path', ref: 'RFC 9113 §8.3.1' };
  const isWeb = /^https?$/.test(pseudo.get(':scheme') ?? '');
  if (isWeb && !path.startsWith('/') && !(path === '*' && method === 'OPTIONS'))
    return { seen: `:path ${path}`, ref: 'RFC 9113 §8.3.1' };
  const hosts = fields.filter(({ name }) => name === 'host').map(({ value }) => value.toLowerCase());
  const differs = authority !== undefined && hosts.some((host) => host !== authority.toLowerCase());
  return differs || hosts.length > 1
    ? { seen: 'a host that differs from :authority', ref: 'RFC 9113 §8.3.1' }
    : undefined;
}

/** Only what is safe and has no content may be promised (RFC 9113 §8.4). */
export function problemOfPromise(
  method: string | undefined,
  fields: readonly HeaderField[],
): { seen: string; ref: string } | undefined {
  const isRight = (method === 'GET' || method === 'HEAD') && (contentLengthOf(fields) ?? 0) === 0;
  return isRight ? undefined : { seen: `a promised ${method} or one with content`, ref: 'RFC 9113 §8.4' };
}

function problemOfStatus(status: string | undefined): { seen: string; ref: string } | undefined {
  if (status === undefined || !/^[1-9]\d\d$/.test(status))
    return { seen: `:status ${status ?? 'missing'}`, ref: 'RFC 9113 §8.3.2' };
  // Switching protocols is a matter of connections (§8.6).
  return status === '101' ? { seen: ':status 101', ref: 'RFC 9113 §8.6' } : undefined;
}

/** The one length that content-length names; undefined if there is none; NaN if there are several that differ. */
export function contentLengthOf(fields: readonly HeaderField[]): number | undefined {
  const lengths = new Set(
    fields.filter(({ name }) => name === 'content-length').map(({ value }) => Number(value)),
  );
  const [length] = lengths;
  return lengths.size > 1 ? NaN : length;
}
