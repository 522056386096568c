import type { Http2Event } from './events';
import type { Http2Frame } from './frame';
import type { ReceiverParts } from './receiver';
import { SETTINGS } from './registries';
import { applySettings, type Http2Settings } from './settings';
import { violation } from './violation';

/** The peer's settings, and its word that it has ours (RFC 9113 §6.5). */
export class SettingsReceiver {
  /** The first frame is SETTINGS; before it nothing else may come (§3.4). */
  gotSettings = false;
  private readonly parts: ReceiverParts;
  private ownSettingsAcknowledged = false;

  constructor(parts: ReceiverParts) {
    this.parts = parts;
  }

  take({ ack, settings }: Extract<Http2Frame, { type: 'SETTINGS' }>, events: Http2Event[]): void {
    const { connection, announced, decoder, encoder, outbox } = this.parts;
    if (ack) {
      if (this.ownSettingsAcknowledged) return;
      this.ownSettingsAcknowledged = true;
      const change = announced.initialWindowSize - connection.localSettings.initialWindowSize;
      connection.localSettings = announced;
      decoder.setMaxTableSize(announced.headerTableSize);
      for (const stream of connection.streams.live()) stream.receiveWindow.add(change);
      events.push({ type: 'settings-acknowledged' });
      return;
    }
    const before = connection.remoteSettings;
    const after = applySettings(before, settings);
    if (
      connection.role === 'client' &&
      settings.some(([id, value]) => id === SETTINGS.ENABLE_PUSH && value === 1)
    )
      throw violation(
        'HTTP2_SETTING_OUT_OF_RANGE',
        'ENABLE_PUSH = 1 from a server',
        '0 or nothing: clients do not push',
        '§6.5.2',
      );
    this.refuseTurnedSettings(before, after);
    this.gotSettings = true;
    connection.remoteSettings = after;
    // Each in turn: our encoder has to answer the lowest as well as the last (RFC 7541 §4.2).
    for (const [id, value] of settings) if (id === SETTINGS.HEADER_TABLE_SIZE) encoder.setMaxTableSize(value);
    for (const { sendWindow, id } of connection.streams.live()) {
      if (!sendWindow.add(after.initialWindowSize - before.initialWindowSize))
        throw violation(
          'HTTP2_WINDOW_OVERFLOW',
          `a window above 2^31 - 1 on stream ${id}`,
          'at most 2147483647',
          '§6.9.2',
          { errorName: 'FLOW_CONTROL_ERROR' },
        );
    }
    outbox.send({ type: 'SETTINGS', streamId: 0, ack: true, settings: [] });
    events.push({ type: 'settings', settings: after });
  }

  /** Settings that a peer may not have, or may not take back. */
  private refuseTurnedSettings(before: Readonly<Http2Settings>, after: Readonly<Http2Settings>): void {
    const refuse = (seen: string, ref: string) => {
      throw violation('HTTP2_SETTING_OUT_OF_RANGE', seen, 'what may be said', ref);
    };
    if (before.enableConnectProtocol && !after.enableConnectProtocol)
      refuse('ENABLE_CONNECT_PROTOCOL taken back', 'RFC 8441 §3');
    if (this.gotSettings && before.noRfc7540Priorities !== after.noRfc7540Priorities)
      refuse('NO_RFC7540_PRIORITIES changed', 'RFC 9218 §2.1');
  }
}
