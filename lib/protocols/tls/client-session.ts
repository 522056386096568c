import type { Established } from './client-handshake';
import type { ClientEvent } from './client-options';
import { decodeHandshake } from './decode-handshake';
import { encodeHandshake } from './encode-handshake';
import { TlsError } from './errors';
import { ticketPsk, trafficKeys, updatedSecret } from './key-schedule';
import type { RecordLayer } from './record-layer';
import { CONTENT_TYPES } from './registry';

/** What a server may still say when the handshake is done: tickets and new keys (RFC 8446 §4.6). */
export class ClientSession {
  private readonly established: Established;
  private readonly records: RecordLayer;

  constructor(established: Established, records: RecordLayer) {
    this.established = { ...established };
    this.records = records;
  }

  /** One message; a ticket is news. @throws TlsError TLS_UNEXPECTED_MESSAGE, TLS_MESSAGE_SPLIT */
  async take(octets: Uint8Array, isRecordEnd: boolean): Promise<ClientEvent | undefined> {
    const message = decodeHandshake(octets);
    const { suite, resumptionSecret } = this.established;
    if (message.type === 'new_session_ticket') {
      const psk = await ticketPsk(suite, resumptionSecret, message.nonce);
      return { type: 'ticket', ticket: message, psk, suite };
    }
    if (message.type !== 'key_update')
      throw new TlsError('TLS_UNEXPECTED_MESSAGE', 0, `${message.type} in CONNECTED`, 'a ticket or new keys');
    if (!isRecordEnd) throw new TlsError('TLS_MESSAGE_SPLIT', 0, 'more after KeyUpdate', 'new keys first');
    await this.updateKeys(message.updateRequested);
    return undefined;
  }

  /** New keys for what the server sends, and for what we send if it asks (RFC 8446 §4.6.3, §7.2). */
  private async updateKeys(isRequested: boolean): Promise<void> {
    const { established, records } = this;
    const { suite } = established;
    established.serverSecret = await updatedSecret(suite, established.serverSecret);
    records.readUnder(await trafficKeys(suite, established.serverSecret));
    if (!isRequested) return;
    const answer = encodeHandshake({ type: 'key_update', updateRequested: false });
    await records.send(CONTENT_TYPES.handshake, answer);
    established.clientSecret = await updatedSecret(suite, established.clientSecret);
    records.writeUnder(await trafficKeys(suite, established.clientSecret));
  }
}
