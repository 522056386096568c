import { lab as bdp } from './bdp/lab';
import { lab as congestion } from './congestion/lab';
import { lab as eventStream } from './event-stream/lab';
import { lab as headOfLine } from './head-of-line/lab';
import { lab as hpack } from './hpack/lab';
import { lab as sdp } from './sdp/lab';
import { lab as sdpExchange } from './sdp-exchange/lab';
import { lab as slidingWindow } from './sliding-window/lab';
import { lab as slowStart } from './slow-start/lab';
import { lab as sseLive } from './sse-live/lab';
import { lab as tcpHandshake } from './tcp-handshake/lab';
import { lab as tcpSegment } from './tcp-segment/lab';
import { lab as tcpTeardown } from './tcp-teardown/lab';
import { lab as tcpTuning } from './tcp-tuning/lab';
import { lab as wsFrame } from './ws-frame/lab';
import { lab as wsHandshake } from './ws-handshake/lab';

/** Every lab, by its permanent id: for the server, the content check and tests. Pages load one at a time. */
export const labCatalogue = {
  bdp,
  congestion,
  'event-stream': eventStream,
  'head-of-line': headOfLine,
  hpack,
  sdp,
  'sdp-exchange': sdpExchange,
  'sliding-window': slidingWindow,
  'slow-start': slowStart,
  'sse-live': sseLive,
  'tcp-handshake': tcpHandshake,
  'tcp-segment': tcpSegment,
  'tcp-teardown': tcpTeardown,
  'tcp-tuning': tcpTuning,
  'ws-frame': wsFrame,
  'ws-handshake': wsHandshake,
} as const;

export type LabId = keyof typeof labCatalogue;

/** Whether there is a lab of this id. */
export function isLabId(id: string): id is LabId {
  return Object.hasOwn(labCatalogue, id);
}
