import {
  int,
  literal,
  maxLength,
  minimum,
  optional,
  prettifyError,
  record,
  strictObject,
  string,
  unknown as anything,
  type output,
  type ZodMiniType,
} from 'zod/mini';

/** Longest capsule that is read from an address, in characters. */
export const MAX_CAPSULE_LENGTH = 30_000;

/**
 * A lab's whole state: the same in a lesson, in a class, in an embed, in an address and in the database.
 * All params are in it, defaults too, so that it means the same for ever.
 */
export type Capsule = { v: 1; lab: string; params: Record<string, unknown>; code?: string; at?: number };

const capsuleSchema = strictObject({
  v: literal(1),
  lab: string().check(maxLength(60)),
  params: record(string(), anything()),
  code: optional(string().check(maxLength(20_000))),
  at: optional(int().check(minimum(0))),
});

export type CapsuleErrorCode = 'CAPSULE_TOO_LONG' | 'CAPSULE_BROKEN' | 'CAPSULE_FOREIGN' | 'CAPSULE_PARAMS';

/** A capsule that this lab cannot open; the lab then opens at its defaults and says so. */
export class CapsuleError extends Error {
  readonly code: CapsuleErrorCode;
  constructor(code: CapsuleErrorCode, message: string) {
    super(message);
    this.name = 'CapsuleError';
    this.code = code;
  }
}

/** A capsule as text for an address: base64url of its JSON in UTF-8. */
export function encodeCapsule(capsule: Capsule): string {
  const octets = new TextEncoder().encode(JSON.stringify(capsule));
  let binary = '';
  for (const octet of octets) binary += String.fromCharCode(octet);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * Reads a capsule for the lab `labId`, checking its params with the lab's own schema.
 * @throws CapsuleError if it is too long, not a capsule, another lab's, or its params do not fit.
 */
export function decodeCapsule<Schema extends ZodMiniType>(
  text: string,
  lab: { id: string; params: Schema },
): Omit<Capsule, 'params'> & { params: output<Schema> } {
  if (text.length > MAX_CAPSULE_LENGTH) {
    throw new CapsuleError('CAPSULE_TOO_LONG', `a capsule has at most ${MAX_CAPSULE_LENGTH} characters`);
  }
  const parsed = capsuleSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw new CapsuleError('CAPSULE_BROKEN', prettifyError(parsed.error));
  const { params, code, at, ...rest } = parsed.data;
  if (rest.lab !== lab.id) throw new CapsuleError('CAPSULE_FOREIGN', `it belongs to the lab "${rest.lab}"`);
  const checked = lab.params.safeParse(params);
  if (!checked.success) throw new CapsuleError('CAPSULE_PARAMS', prettifyError(checked.error));
  return {
    ...rest,
    params: checked.data,
    ...(code === undefined ? {} : { code }),
    ...(at === undefined ? {} : { at }),
  };
}

function jsonOf(text: string): unknown {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const octets = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets)) as unknown;
  } catch {
    throw new CapsuleError('CAPSULE_BROKEN', 'it is not base64url of JSON');
  }
}
