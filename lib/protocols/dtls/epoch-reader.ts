import type { RecordKeys } from './key-schedule';
import type { PlaintextRecord } from './plaintext-record';
import { type OpenedRecord, showRecordNumber, unprotectRecord13 } from './protection13';
import { type RecordKeys12, unprotectRecord12 } from './protection12';
import { ReplayWindow } from './replay-window';
import type { UnifiedRecord } from './unified-header';

/**
 * Opens the records of one epoch and direction, in whatever order and number they come (RFC 9147 §4.2.2, §4.5.1). Undefined is
 * a replay, or a record too old to be told from one. What is not authentic throws and leaves no mark.
 */
export class EpochReader13 {
  private readonly keys: RecordKeys;
  private readonly window = new ReplayWindow();

  constructor(keys: RecordKeys) {
    this.keys = keys;
  }

  /** @throws DtlsError DTLS_RECORD_TOO_SHORT, DTLS_RECORD_NOT_AUTHENTIC, DTLS_RECORD_NO_TYPE */
  async open(record: UnifiedRecord): Promise<OpenedRecord | undefined> {
    const { highest } = this.window;
    const { sequenceNumber } = await showRecordNumber(this.keys, record, highest);
    if (!this.window.isNew(sequenceNumber)) return undefined;
    const opened = await unprotectRecord13(this.keys, record, highest);
    this.window.accept(sequenceNumber);
    return opened;
  }
}

/** The same for a protected epoch of 1.2 (RFC 6347 §4.1.2.6). */
export class EpochReader12 {
  private readonly keys: RecordKeys12;
  private readonly window = new ReplayWindow();

  constructor(keys: RecordKeys12) {
    this.keys = keys;
  }

  /** @throws DtlsError DTLS_RECORD_TOO_SHORT, DTLS_RECORD_NOT_AUTHENTIC */
  async open(record: PlaintextRecord): Promise<Uint8Array | undefined> {
    if (!this.window.isNew(record.sequenceNumber)) return undefined;
    const content = await unprotectRecord12(this.keys, record);
    this.window.accept(record.sequenceNumber);
    return content;
  }
}
