import type { DtlsVersion } from './messages';

/** What protects the records of an epoch, by the name of the secret or state (RFC 9147 §6.1, RFC 6347 §4.1). */
export type Protection = 'none' | 'early data' | 'handshake' | 'application' | 'negotiated';

/** Epochs of 1.3 with a meaning of their own (RFC 9147 §6.1); from 3 on each KeyUpdate adds one (§8). */
export const EPOCHS = { plaintext: 0, earlyData: 1, handshake: 2, application: 3 } as const;

/** Epochs do not wrap: an association that would need more must end (RFC 9147 §6.1, §8; RFC 6347 §4.1). */
export const MAX_EPOCH = { '1.2': 2 ** 16 - 1, '1.3': 2 ** 48 - 1 } as const;

/** What protects an epoch (RFC 9147 §6.1). In 1.2 the first is in the clear and each ChangeCipherSpec starts another. */
export function protectionOf(version: DtlsVersion, epoch: number): Protection {
  if (epoch === 0) return 'none';
  if (version === '1.2') return 'negotiated';
  if (epoch === EPOCHS.earlyData) return 'early data';
  return epoch === EPOCHS.handshake ? 'handshake' : 'application';
}
