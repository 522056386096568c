import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { TlsError } from './errors';
import { ALERT_DESCRIPTIONS, nameIn } from './registry';

/** RFC 8446 §6 */
export type TlsAlert = { level: 'warning' | 'fatal'; description: number };

/** An alert to its two octets (RFC 8446 §6). */
export function encodeAlert({ level, description }: TlsAlert): Uint8Array {
  return Uint8Array.of(level === 'warning' ? 1 : 2, description);
}

/**
 * The two octets of an alert (RFC 8446 §6).
 * @throws TlsError TLS_ALERT_MALFORMED
 */
export function decodeAlert(bytes: Uint8Array, trace?: TraceSink): TlsAlert {
  const [level, description] = bytes;
  if (bytes.length !== 2 || (level !== 1 && level !== 2))
    throw new TlsError(
      'TLS_ALERT_MALFORMED',
      0,
      `${bytes.length} octets, level ${level}`,
      'two, level 1 or 2',
    );
  const alert: TlsAlert = { level: level === 1 ? 'warning' : 'fatal', description: description! };
  if (trace)
    new FieldTrace(trace, 'RFC 8446 §6')
      .field(8, 'level', alert.level)
      .field(8, 'description', nameIn(ALERT_DESCRIPTIONS, description!), `${description}`);
  return alert;
}
