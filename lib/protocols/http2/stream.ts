import { FlowWindow } from './flow-window';
import { DEFAULT_PRIORITY, type Priority } from './priority';
import { stepStream, type StreamAction, type StreamState } from './stream-state';

/** Why a stream is closed, which decides what a late frame on it means (RFC 9113 §5.1 "closed"). */
export type ClosedBy = 'end' | 'our reset' | 'their reset';

/** One stream, as one end of a connection keeps it. */
export class Http2Stream {
  readonly id: number;
  state: StreamState = 'idle';
  closedBy: ClosedBy | undefined;
  priority: Priority = DEFAULT_PRIORITY;
  readonly sendWindow: FlowWindow;
  readonly receiveWindow: FlowWindow;
  /** Octets that wait for credit, and whether END_STREAM follows them. */
  readonly outgoing: Uint8Array[] = [];
  endsAfterOutgoing = false;
  /** Final headers came: what comes next in a field section is trailers. */
  gotHeaders = false;
  /** What content-length promised, while it has not all come. */
  expectedOctets: number | undefined;
  receivedOctets = 0;
  /** Of the request that this stream answers, as seen from the client. */
  method: string | undefined;

  constructor(id: number, windows: { send: number; receive: number }) {
    this.id = id;
    this.sendWindow = new FlowWindow(windows.send);
    this.receiveWindow = new FlowWindow(windows.receive);
  }

  /** Follows Figure 2. @returns false if the diagram has no such edge; the state is unchanged then */
  step(action: StreamAction): boolean {
    const next = stepStream(this.state, action);
    if (!next) return false;
    this.state = next;
    if (next === 'closed') this.closedBy ??= closedBy[action] ?? 'end';
    return true;
  }

  /** Closes a stream that is not taken, without a word: what comes on it is passed over. */
  ignore(): void {
    this.state = 'closed';
    this.closedBy = 'our reset';
  }

  get mayReceive(): boolean {
    return this.state === 'open' || this.state === 'half-closed (local)';
  }

  get maySend(): boolean {
    return this.state === 'open' || this.state === 'half-closed (remote)';
  }

  /** Counts against SETTINGS_MAX_CONCURRENT_STREAMS (RFC 9113 §5.1.2). */
  get isActive(): boolean {
    return this.mayReceive || this.state === 'half-closed (remote)';
  }
}

const closedBy: Partial<Record<StreamAction, ClosedBy>> = {
  'send RST_STREAM': 'our reset',
  'receive RST_STREAM': 'their reset',
};
