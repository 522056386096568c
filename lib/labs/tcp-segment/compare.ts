import { fromHex } from '@/lib/bytes';
import { recordingIds, recordings, type RecordingId } from './recordings';

/** The recording that the octets come nearest to, and the bits in which they differ. */
export type Comparison = { recording: RecordingId; flipped: readonly number[] };

/** Beyond this many bits it is another segment, and the comparison says nothing. */
const MAX_FLIPPED = 16;

export function compareWithRecordings(octets: Uint8Array): Comparison | undefined {
  let nearest: Comparison | undefined;
  for (const recording of recordingIds) {
    const flipped = flippedBits(octets, fromHex(recordings[recording].octets));
    if (flipped && (!nearest || flipped.length < nearest.flipped.length)) nearest = { recording, flipped };
  }
  return nearest && nearest.flipped.length <= MAX_FLIPPED ? nearest : undefined;
}

function flippedBits(a: Uint8Array, b: Uint8Array): number[] | undefined {
  if (a.length !== b.length) return undefined;
  const flipped: number[] = [];
  for (let octet = 0; octet < a.length; octet++) {
    const difference = (a[octet] ?? 0) ^ (b[octet] ?? 0);
    for (let bit = 0; bit < 8; bit++) if (difference & (0x80 >> bit)) flipped.push(octet * 8 + bit);
  }
  return flipped;
}
