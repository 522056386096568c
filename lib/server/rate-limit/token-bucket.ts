type Bucket = { tokens: number; filledMs: number };

export type Rate = {
  /** How many at once. */
  burst: number;
  /** How many a second after that. */
  perSecond: number;
  /** How many keys are remembered; the one not seen for longest is forgotten first. */
  maxKeys: number;
};

/** A token bucket a key, in bounded memory. `take` answers 0, or the seconds until it is worth asking again. */
export function createTokenBuckets({ burst, perSecond, maxKeys }: Rate): {
  take(key: string, nowMs: number): number;
} {
  const buckets = new Map<string, Bucket>();
  return {
    take(key, nowMs) {
      const last = buckets.get(key) ?? { tokens: burst, filledMs: nowMs };
      const elapsedS = Math.max(0, nowMs - last.filledMs) / 1000;
      const tokens = Math.min(burst, last.tokens + elapsedS * perSecond);
      const granted = tokens >= 1;
      // Deleting first moves the key to the end: a Map keeps the order of insertion.
      buckets.delete(key);
      buckets.set(key, { tokens: granted ? tokens - 1 : tokens, filledMs: nowMs });
      if (buckets.size > maxKeys) for (const [oldest] of buckets) if (buckets.delete(oldest)) break;
      return granted ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
    },
  };
}
