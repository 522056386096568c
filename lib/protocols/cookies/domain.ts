/** An IPv4 address in four numbers, or an IPv6 address in brackets: it has no parent domains. */
function isAddress(host: string): boolean {
  return host.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}

/** Whether a host is this domain or lies below it (RFC 6265bis §5.1.3); both in canonical form. */
export function domainMatches(host: string, domain: string): boolean {
  if (host === domain) return true;
  return host.endsWith(domain) && host.charAt(host.length - domain.length - 1) === '.' && !isAddress(host);
}

/** The directory of a request's path (RFC 6265bis §5.1.4): what a cookie without Path gets. */
export function defaultPath(path: string): string {
  const last = path.lastIndexOf('/');
  return !path.startsWith('/') || last === 0 ? '/' : path.slice(0, last);
}

/** Whether a cookie's path is the request's or a directory above it (RFC 6265bis §5.1.4). */
export function pathMatches(requestPath: string, cookiePath: string): boolean {
  if (requestPath === cookiePath) return true;
  if (!requestPath.startsWith(cookiePath)) return false;
  return cookiePath.endsWith('/') || requestPath.charAt(cookiePath.length) === '/';
}

/** The rule that ends the public suffix list: where nothing else fits, a name of one label (`org`) is everybody's. */
export function isTopLevelDomain(domain: string): boolean {
  return !domain.includes('.');
}
