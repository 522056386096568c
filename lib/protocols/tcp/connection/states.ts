/** The eleven states of a connection (RFC 9293 §3.3.2). */
export const TCP_STATES = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
] as const;

/** One of the eleven states (RFC 9293 §3.3.2). */
export type TcpState = (typeof TCP_STATES)[number];

/**
 * One way from state to state. `on` says what sets it off and `sends` what goes out, as stable ids that views
 * translate. `inFigure`: drawn in Figure 5; the others stand in the text only ("only a summary", §3.3.2).
 */
export type TcpTransition = {
  from: TcpState;
  to: TcpState;
  on:
    | 'passive-open'
    | 'active-open'
    | 'send'
    | 'close'
    | 'abort'
    | 'delete'
    | 'syn'
    | 'syn-ack'
    | 'ack-of-syn'
    | 'ack-of-fin'
    | 'fin'
    | 'fin-ack'
    | 'rst'
    | 'syn-in-window'
    | 'two-msl'
    | 'give-up';
  sends: 'nothing' | 'SYN' | 'SYN-ACK' | 'ACK' | 'FIN' | 'RST';
  inFigure: boolean;
  ref: string;
};

const FIGURE: readonly Omit<TcpTransition, 'inFigure' | 'ref'>[] = [
  { from: 'CLOSED', to: 'LISTEN', on: 'passive-open', sends: 'nothing' },
  { from: 'CLOSED', to: 'SYN-SENT', on: 'active-open', sends: 'SYN' },
  { from: 'LISTEN', to: 'CLOSED', on: 'delete', sends: 'nothing' },
  { from: 'LISTEN', to: 'SYN-RECEIVED', on: 'syn', sends: 'SYN-ACK' },
  { from: 'LISTEN', to: 'SYN-SENT', on: 'send', sends: 'SYN' },
  { from: 'SYN-SENT', to: 'CLOSED', on: 'delete', sends: 'nothing' },
  { from: 'SYN-SENT', to: 'SYN-RECEIVED', on: 'syn', sends: 'SYN-ACK' },
  { from: 'SYN-SENT', to: 'ESTABLISHED', on: 'syn-ack', sends: 'ACK' },
  { from: 'SYN-RECEIVED', to: 'ESTABLISHED', on: 'ack-of-syn', sends: 'nothing' },
  { from: 'SYN-RECEIVED', to: 'LISTEN', on: 'rst', sends: 'nothing' },
  { from: 'SYN-RECEIVED', to: 'FIN-WAIT-1', on: 'close', sends: 'FIN' },
  { from: 'ESTABLISHED', to: 'FIN-WAIT-1', on: 'close', sends: 'FIN' },
  { from: 'ESTABLISHED', to: 'CLOSE-WAIT', on: 'fin', sends: 'ACK' },
  { from: 'FIN-WAIT-1', to: 'FIN-WAIT-2', on: 'ack-of-fin', sends: 'nothing' },
  { from: 'FIN-WAIT-1', to: 'CLOSING', on: 'fin', sends: 'ACK' },
  { from: 'FIN-WAIT-1', to: 'TIME-WAIT', on: 'fin-ack', sends: 'ACK' },
  { from: 'FIN-WAIT-2', to: 'TIME-WAIT', on: 'fin', sends: 'ACK' },
  { from: 'CLOSE-WAIT', to: 'LAST-ACK', on: 'close', sends: 'FIN' },
  { from: 'CLOSING', to: 'TIME-WAIT', on: 'ack-of-fin', sends: 'nothing' },
  { from: 'LAST-ACK', to: 'CLOSED', on: 'ack-of-fin', sends: 'nothing' },
  { from: 'TIME-WAIT', to: 'CLOSED', on: 'two-msl', sends: 'nothing' },
];

const WITH_PEER: readonly TcpState[] = [
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
];

/** Where ABORT sends a reset; elsewhere the connection is just deleted (RFC 9293 §3.10.5). */
const ABORT_RESETS: readonly TcpState[] = [
  'SYN-RECEIVED',
  'ESTABLISHED',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
];

/** Every transition that RFC 9293 allows: Figure 5, then what only the text of §3.10 says. */
export const TCP_STATE_TRANSITIONS: readonly TcpTransition[] = [
  ...FIGURE.map((edge): TcpTransition => ({ ...edge, inFigure: true, ref: 'RFC 9293 §3.3.2' })),
  textOnly('SYN-RECEIVED', 'LISTEN', 'syn-in-window', 'nothing', 'RFC 9293 §3.10.7.4'),
  textOnly('SYN-SENT', 'CLOSED', 'rst', 'nothing', 'RFC 9293 §3.10.7.3'),
  textOnly('SYN-SENT', 'CLOSED', 'give-up', 'nothing', 'RFC 9293 §3.8.3'),
  ...WITH_PEER.map((from) => textOnly(from, 'CLOSED', 'rst', 'nothing', 'RFC 9293 §3.10.7.4')),
  ...WITH_PEER.filter((from) => from !== 'TIME-WAIT' && from !== 'FIN-WAIT-2').map((from) =>
    textOnly(from, 'CLOSED', 'give-up', 'nothing', 'RFC 9293 §3.8.3'),
  ),
  ...WITH_PEER.map((from) =>
    textOnly(from, 'CLOSED', 'abort', ABORT_RESETS.includes(from) ? 'RST' : 'nothing', 'RFC 9293 §3.10.5'),
  ),
];

function textOnly(
  from: TcpState,
  to: TcpState,
  on: TcpTransition['on'],
  sends: TcpTransition['sends'],
  ref: string,
): TcpTransition {
  return { from, to, on, sends, inFigure: false, ref };
}
