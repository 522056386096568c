import { FieldTrace, type TraceSink } from '@/lib/bytes';
import { decodeAlert, type TlsAlert, TlsError, nameIn } from '@/lib/protocols/tls';
import { DtlsError } from './errors';
import { DTLS_ALERT_DESCRIPTIONS } from './registry';

/**
 * The two octets of an alert (RFC 9147 §5.10); to write one, `encodeAlert` of tls. Alerts are not repeated when lost, and until
 * their record was authentic anyone may have sent them.
 * @throws DtlsError DTLS_ALERT_MALFORMED
 */
export function decodeDtlsAlert(octets: Uint8Array, trace?: TraceSink): TlsAlert {
  try {
    const alert = decodeAlert(octets);
    if (trace)
      new FieldTrace(trace, 'RFC 8446 §6')
        .field(8, 'level', alert.level)
        .field(8, 'description', nameIn(DTLS_ALERT_DESCRIPTIONS, alert.description), `${alert.description}`);
    return alert;
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
    throw new DtlsError('DTLS_ALERT_MALFORMED', error.offset, error.seen, error.expected);
  }
}
