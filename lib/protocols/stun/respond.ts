import type { StunAttribute } from './attributes';
import type { StunMessage } from './message';
import { attributesOf } from './message';
import { reasonOf } from './registry';

/** Below this, an attribute that is not understood makes a request fail; from it on it is passed over (RFC 8489 §14). */
const FIRST_OPTIONAL = 0x8000;

/** The types of a message's attributes that must be understood and are not known here (RFC 8489 §6.3). */
export function unknownRequired(message: Pick<StunMessage, 'attributes'>): number[] {
  return attributesOfUnknown(message).filter((type) => type < FIRST_OPTIONAL);
}

function attributesOfUnknown(message: Pick<StunMessage, 'attributes'>): number[] {
  return message.attributes.flatMap((attribute) => (attribute.name === 'UNKNOWN' ? [attribute.type] : []));
}

/** A success response to a request: its method and transaction id, and these attributes. */
export function successTo(request: StunMessage, attributes: readonly StunAttribute[]): StunMessage {
  const { method, transactionId } = request;
  return { class: 'success', method, transactionId, attributes };
}

/** An error response, with the registry's phrase for the code and, after it, these attributes. */
export function errorTo(
  request: StunMessage,
  code: number,
  attributes: readonly StunAttribute[] = [],
): StunMessage {
  const { method, transactionId } = request;
  const error: StunAttribute = { name: 'ERROR-CODE', value: { code, reason: reasonOf(code) } };
  return { class: 'error', method, transactionId, attributes: [error, ...attributes] };
}

/**
 * What RFC 8489 §6.3 says of attributes that must be understood and are not: a request is answered 420 with their list; an
 * indication is dropped; a response fails its transaction. `undefined`: everything is understood.
 */
export function answerToUnknown(
  message: StunMessage,
): { action: 'answer'; response: StunMessage } | { action: 'discard' } | { action: 'fail' } | undefined {
  const types = [...new Set(unknownRequired(message))];
  if (types.length === 0) return undefined;
  if (message.class === 'indication') return { action: 'discard' };
  if (message.class !== 'request') return { action: 'fail' };
  const response = errorTo(message, 420, [{ name: 'UNKNOWN-ATTRIBUTES', value: types }]);
  return { action: 'answer', response };
}

/** The code of an error response; `undefined` for any other message. */
export function errorCodeOf(message: StunMessage): number | undefined {
  return attributesOf(message, 'ERROR-CODE')[0]?.code;
}
