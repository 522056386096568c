/** The states of a stream (RFC 9113 §5.1, Figure 2). */
export type StreamState =
  | 'idle'
  | 'reserved (local)'
  | 'reserved (remote)'
  | 'open'
  | 'half-closed (local)'
  | 'half-closed (remote)'
  | 'closed';

/** What moves a stream; `end` is the END_STREAM flag, which counts after the frame that carries it. */
export type StreamAction =
  | 'send HEADERS'
  | 'receive HEADERS'
  | 'send PUSH_PROMISE'
  | 'receive PUSH_PROMISE'
  | 'send END_STREAM'
  | 'receive END_STREAM'
  | 'send RST_STREAM'
  | 'receive RST_STREAM';

/** Figure 2 as data. PUSH_PROMISE moves the stream that it promises, not the one that it is sent on. */
export const STREAM_TRANSITIONS: Readonly<Record<StreamState, Partial<Record<StreamAction, StreamState>>>> = {
  idle: {
    'send HEADERS': 'open',
    'receive HEADERS': 'open',
    'send PUSH_PROMISE': 'reserved (local)',
    'receive PUSH_PROMISE': 'reserved (remote)',
  },
  'reserved (local)': {
    'send HEADERS': 'half-closed (remote)',
    'send RST_STREAM': 'closed',
    'receive RST_STREAM': 'closed',
  },
  'reserved (remote)': {
    'receive HEADERS': 'half-closed (local)',
    'send RST_STREAM': 'closed',
    'receive RST_STREAM': 'closed',
  },
  open: {
    'send HEADERS': 'open',
    'receive HEADERS': 'open',
    'send END_STREAM': 'half-closed (local)',
    'receive END_STREAM': 'half-closed (remote)',
    'send RST_STREAM': 'closed',
    'receive RST_STREAM': 'closed',
  },
  'half-closed (local)': {
    'receive HEADERS': 'half-closed (local)',
    'receive END_STREAM': 'closed',
    'send RST_STREAM': 'closed',
    'receive RST_STREAM': 'closed',
  },
  'half-closed (remote)': {
    'send HEADERS': 'half-closed (remote)',
    'send END_STREAM': 'closed',
    'send RST_STREAM': 'closed',
    'receive RST_STREAM': 'closed',
  },
  closed: {},
};

/** The state after an action, or undefined where the diagram has no such edge. */
export function stepStream(state: StreamState, action: StreamAction): StreamState | undefined {
  return STREAM_TRANSITIONS[state][action];
}
