/**
 * What a page and the app's signaling server say to one another at `/live/signaling`, as JSON. A signal is opaque to the
 * server: it goes to the other seat of the room as it came.
 */
export type ToSignaling =
  | { v: 1; type: 'signaling:open' }
  | { v: 1; type: 'signaling:join'; code: string }
  | { v: 1; type: 'signaling:send'; signal: unknown };

export type FromSignaling =
  | { v: 1; type: 'signaling:opened'; code: string; lifetimeMs: number }
  | { v: 1; type: 'signaling:joined' }
  | { v: 1; type: 'signaling:peer-joined' }
  | { v: 1; type: 'signaling:received'; signal: unknown }
  | { v: 1; type: 'signaling:peer-left' }
  | { v: 1; type: 'signaling:refused'; reason: SignalingRefusal };

export const SIGNALING_REFUSALS = [
  'no-room',
  'too-many-rooms',
  'too-many-tries',
  'too-many-signals',
  'malformed',
] as const;
/** `no-room`: no such code, or both seats are taken; which of them, a stranger does not learn. */
export type SignalingRefusal = (typeof SIGNALING_REFUSALS)[number];

/** Letters and digits that are not taken for one another when read out. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
export const CODE_LENGTH = 6;

/** A code as a person types it: spaces and hyphens do not count, nor does case. */
export function tidyCode(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, '');
}

/** Whether it could be a code. */
export function isCode(code: string): boolean {
  return code.length === CODE_LENGTH && Array.from(code).every((letter) => CODE_ALPHABET.includes(letter));
}

/** Reads what a page sent; undefined for anything else. */
export function readToSignaling(text: string): ToSignaling | undefined {
  const message = recordOf(text);
  if (message?.['v'] !== 1) return undefined;
  const { type, code, signal } = message;
  if (type === 'signaling:open') return { v: 1, type };
  if (type === 'signaling:join' && typeof code === 'string') return { v: 1, type, code };
  if (type === 'signaling:send' && signal !== undefined) return { v: 1, type, signal };
  return undefined;
}

/** Reads what the server sent; undefined for anything else. */
export function readFromSignaling(text: string): FromSignaling | undefined {
  const message = recordOf(text);
  if (message?.['v'] !== 1) return undefined;
  const { type, code, lifetimeMs, reason, signal } = message;
  switch (type) {
    case 'signaling:opened':
      return typeof code === 'string' && typeof lifetimeMs === 'number'
        ? { v: 1, type, code, lifetimeMs }
        : undefined;
    case 'signaling:joined':
    case 'signaling:peer-joined':
    case 'signaling:peer-left':
      return { v: 1, type };
    case 'signaling:received':
      return { v: 1, type, signal };
    case 'signaling:refused': {
      const known = SIGNALING_REFUSALS.find((refusal) => refusal === reason);
      return known && { v: 1, type, reason: known };
    }
    default:
      return undefined;
  }
}

function recordOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
