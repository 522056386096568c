import type { HeaderField } from '../hpack';
import type { Http2Error } from './errors';
import type { SectionKind } from './message-rules';
import type { Priority } from './priority';
import type { Http2Settings } from './settings';

/** What a connection tells who uses it. Answers that the protocol demands (ACKs, resets) are on their way already. */
export type Http2Event =
  | { type: 'settings'; settings: Readonly<Http2Settings> }
  | { type: 'settings-acknowledged' }
  | {
      type: 'headers';
      kind: SectionKind;
      streamId: number;
      fields: readonly HeaderField[];
      endStream: boolean;
    }
  | { type: 'data'; streamId: number; data: Uint8Array; endStream: boolean }
  | { type: 'push'; streamId: number; promisedStreamId: number; fields: readonly HeaderField[] }
  | { type: 'priority'; streamId: number; priority: Priority }
  | { type: 'reset'; streamId: number; errorCode: number }
  | { type: 'ping'; ack: boolean; opaqueData: Uint8Array }
  | { type: 'goaway'; lastStreamId: number; errorCode: number; debugData: Uint8Array }
  /** The peer broke a rule. Of `scope: 'connection'`: GOAWAY is sent, and nothing is read any more. */
  | { type: 'error'; error: Http2Error };
