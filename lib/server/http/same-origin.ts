import { AppError } from '../errors';

/**
 * Refuses a write that another site's page makes with the learner's cookie. Browsers say where a request comes
 * from in Sec-Fetch-Site (on secure origins) and Origin; a caller that sends neither is no browser and carries no
 * one else's cookie.
 */
export function assertSameOrigin(request: Request): void {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') throw new AppError('request.cross_origin');
  const origin = request.headers.get('origin');
  if (origin !== null && hostOf(origin) !== request.headers.get('host'))
    throw new AppError('request.cross_origin');
}

/**
 * For what needs no cookie and changes nothing: our own pages, and a lab embedded in a sandboxed frame, whose origin
 * is opaque. Anyone can make a frame of opaque origin, so behind this door a caller is nobody in particular; it only
 * keeps other sites from using us by their visitors' browsers without ado.
 */
export function assertOwnPage(request: Request): void {
  if (request.headers.get('origin') !== 'null') assertSameOrigin(request);
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
