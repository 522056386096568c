import { IceError } from './errors';

/** How much a type of candidate is worth (RFC 8445 §5.1.2.2): type, preference. Direct is better than relayed. */
export const TYPE_PREFERENCES = [
  ['host', 126],
  ['prflx', 110],
  ['srflx', 100],
  ['relay', 0],
] as const;

/** Where an address was learned: the interface, a STUN server, a check, a TURN server (RFC 8445 §4). */
export type CandidateType = (typeof TYPE_PREFERENCES)[number][0];

/** The recommended preference of a type. */
export function typePreferenceOf(type: CandidateType): number {
  return TYPE_PREFERENCES.find(([name]) => name === type)![1];
}

/** What a priority is made of. `typePreference` (0 to 126) follows from `type` unless given. */
export type PriorityParts = {
  type?: CandidateType;
  typePreference?: number;
  /** 0 to 65535; 65535 where there is but one address. */
  localPreference?: number;
  /** 1 to 256. */
  component?: number;
};

/**
 * RFC 8445 §5.1.2.1: 2^24 × type preference + 2^8 × local preference + (256 − component). From 1 to 2^31 − 1.
 * @throws IceError ICE_PRIORITY_OUT_OF_RANGE
 */
export function candidatePriority(parts: PriorityParts): number {
  const { type, localPreference = 65_535, component = 1 } = parts;
  const typePreference = parts.typePreference ?? typePreferenceOf(type ?? 'host');
  check('type preference', typePreference, 0, 126);
  check('local preference', localPreference, 0, 65_535);
  check('component', component, 1, 256);
  return typePreference * 2 ** 24 + localPreference * 2 ** 8 + (256 - component);
}

/** The parts of a priority that was made by the formula. */
export function priorityParts(priority: number): Required<Omit<PriorityParts, 'type'>> {
  return {
    typePreference: Math.floor(priority / 2 ** 24),
    localPreference: Math.floor(priority / 2 ** 8) % 2 ** 16,
    component: 256 - (priority % 256),
  };
}

/**
 * RFC 8445 §6.1.2.3: 2^32 × min(G, D) + 2 × max(G, D) + (1 if G > D), where G is the controlling agent's candidate and D the
 * controlled one's. Both agents get the same order from it. 64 bits, so a bigint.
 */
export function pairPriority(controlling: number, controlled: number): bigint {
  const [g, d] = [BigInt(controlling), BigInt(controlled)];
  const [low, high] = g < d ? [g, d] : [d, g];
  return (low << 32n) + 2n * high + (g > d ? 1n : 0n);
}

function check(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new IceError('ICE_PRIORITY_OUT_OF_RANGE', `${name} ${value}`, `${min} to ${max}`);
}
