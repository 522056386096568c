/** What a lab may ask from a frame of opaque origin: nothing that knows a learner (docs/decisions/0008). */
const ASKED_BY_EMBEDS = ['/api/wire'];

/**
 * What every answer says to the browser. Nothing may come from another host. Next's pages carry their data in
 * inline scripts that differ from page to page and are built ahead, so these cannot be told apart by a nonce.
 */
export function securityHeaders(path: string, dev: boolean): Record<string, string> {
  const isEmbed = path === '/embed' || path.startsWith('/embed/');
  const policy = {
    'default-src': "'self'",
    'script-src': dev ? "'self' 'unsafe-inline' 'unsafe-eval'" : "'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'connect-src': dev ? "'self' ws:" : "'self'",
    'worker-src': "'self' blob:",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    // A lab may stand in anyone's page; the site may not.
    'frame-ancestors': isEmbed ? '*' : "'none'",
  };
  return {
    'content-security-policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(self), microphone=(self), geolocation=(), payment=(), usb=()',
    // In a sandboxed frame the lab's origin is opaque: its own script and fonts are another's to it, and so is what
    // it asks of the API.
    ...(isEmbed || ASKED_BY_EMBEDS.includes(path)
      ? { 'access-control-allow-origin': '*' }
      : { 'cross-origin-opener-policy': 'same-origin' }),
  };
}
