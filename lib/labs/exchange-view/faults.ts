import type { PacketVerdict } from '@/lib/protocols/tcp';

export type Faults = Readonly<Record<string, PacketVerdict>>;

/** So many packets may be interfered with in one run. */
export const MAX_FAULTS = 24;
export const MAX_FAULT_MS = 600_000;
/** What a text of faults may be long, for a lab's params. */
export const MAX_FAULTS_LENGTH = 1000;

const FAULT =
  /^((?:client|server) (?:SYN|SYN-ACK|ACK|data|FIN|RST) #\d{1,4}) (drop|(?:\+(\d{1,6}))? ?(?:copy (\d{1,6}))?)$/;

/**
 * What a run's script does to single packets, as one line of text that fits into a capsule:
 * `client SYN #1 drop; server SYN-ACK #1 +400; client data #1 +20 copy 300` (milliseconds). Whatever is not
 * of this form is left out, so that every text is a script.
 */
export function parseFaults(text: string): Faults {
  const faults: Record<string, PacketVerdict> = {};
  for (const part of text.split(';')) {
    const [, name, what, delay, copy] = FAULT.exec(part.trim()) ?? [];
    if (name === undefined || Object.keys(faults).length >= MAX_FAULTS) continue;
    const verdict = verdictOf({
      ...(what === 'drop' ? { drop: true } : {}),
      ...(delay === undefined ? {} : { delayMs: Number(delay) }),
      ...(copy === undefined ? {} : { duplicateAfterMs: Number(copy) }),
    });
    if (verdict) faults[name] = verdict;
  }
  return faults;
}

/** The inverse of `parseFaults`: `parseFaults(writeFaults(f))` equals `f`. */
export function writeFaults(faults: Faults): string {
  return Object.entries(faults)
    .map(([name, { drop, delayMs, duplicateAfterMs }]) =>
      [
        name,
        drop ? 'drop' : '',
        delayMs ? `+${delayMs}` : '',
        duplicateAfterMs ? `copy ${duplicateAfterMs}` : '',
      ]
        .filter(Boolean)
        .join(' '),
    )
    .join('; ');
}

/** The faults with another verdict on one packet; undefined, or one that does nothing, removes it. */
export function withFault(faults: Faults, name: string, verdict: PacketVerdict | undefined): Faults {
  const { [name]: _old, ...others } = faults;
  const next = verdict && verdictOf(verdict);
  if (!next || (Object.keys(others).length >= MAX_FAULTS && !_old)) return others;
  return { ...others, [name]: next };
}

/** Whole milliseconds within bounds, a drop alone; undefined where nothing is left. */
function verdictOf({ drop, delayMs = 0, duplicateAfterMs = 0 }: PacketVerdict): PacketVerdict | undefined {
  if (drop) return { drop };
  const delay = Math.min(MAX_FAULT_MS, Math.max(0, Math.round(delayMs)));
  const copy = Math.min(MAX_FAULT_MS, Math.max(0, Math.round(duplicateAfterMs)));
  if (delay === 0 && copy === 0) return undefined;
  return { ...(delay ? { delayMs: delay } : {}), ...(copy ? { duplicateAfterMs: copy } : {}) };
}
