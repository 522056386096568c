import type { StunAttribute } from './attributes';
import type { MethodName } from './registry';

/** The four classes (RFC 8489 §5): what stands in the two bits C1 and C0, in this order. */
export const STUN_CLASSES = ['request', 'indication', 'success', 'error'] as const;

/** A class of message. */
export type StunClass = (typeof STUN_CLASSES)[number];

/** A STUN message (RFC 8489 §5). */
export type StunMessage = {
  class: StunClass;
  /** By IANA's name, or the number of one that has none (12 bits). */
  method: MethodName | number;
  /** 12 octets; a response repeats those of its request. */
  transactionId: Uint8Array;
  /** In the order of the wire. */
  attributes: readonly StunAttribute[];
};

/** A message as it was received. */
export type DecodedMessage = StunMessage & {
  /** Header and attributes, in octets. */
  octets: number;
  /** What stood behind MESSAGE-INTEGRITY and so is not covered by it: to be ignored (RFC 8489 §14.5, §14.6). */
  ignored: readonly StunAttribute[];
};

/** Every message of RFC 5389 and later carries it in octets 4 to 7 (RFC 8489 §5). */
export const MAGIC_COOKIE = 0x2112a442;

/** Type, length, cookie and transaction id. */
export const STUN_HEADER_OCTETS = 20;

/** Longest attributes of one message: the 16-bit length, in whole words. */
export const MAX_STUN_BODY = 0xfffc;

type ValueOf<N extends StunAttribute['name']> = Extract<StunAttribute, { name: N }>['value'];

/**
 * The value of the first attribute of this name: a message may carry several, and all but the first may be ignored
 * (RFC 8489 §14).
 */
export function findAttribute<N extends StunAttribute['name']>(
  message: Pick<StunMessage, 'attributes'>,
  name: N,
): ValueOf<N> | undefined {
  return message.attributes.find((attribute) => attribute.name === name)?.value as ValueOf<N> | undefined;
}

/** The values of all attributes of this name: CreatePermission carries several XOR-PEER-ADDRESSes. */
export function attributesOf<N extends StunAttribute['name']>(
  message: Pick<StunMessage, 'attributes'>,
  name: N,
): ValueOf<N>[] {
  return message.attributes.flatMap((attribute) =>
    attribute.name === name ? [attribute.value as ValueOf<N>] : [],
  );
}
