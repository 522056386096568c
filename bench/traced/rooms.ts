import type { TracedRoom } from './decoder';
import { hpackCases, http1Cases, http2Cases, qpackCases, structuredFieldCases } from './http';
import { dtlsCases } from './dtls';
import { fieldValueCases } from './field-values';
import { dnsCases, ipCases, transportCases } from './internet';
import { quicCases } from './quic';
import { rtpCases } from './rtp';
import { eventStreamCases, webSocketCases } from './streams';
import { tlsCases } from './tls';
import { sctpCases, sdpCases, stunCases } from './webrtc';

/**
 * Every decoder that takes a trace sink, by room, each with inputs as they are on real wires. nat has no octets of its own, ice
 * uses stun's, and what cors decides it reads from fields.
 */
export async function tracedRooms(): Promise<Record<string, TracedRoom>> {
  return {
    ip: ipCases(),
    ...transportCases(),
    dns: dnsCases(),
    ...(await stunCases()),
    tls: tlsCases(),
    dtls: dtlsCases(),
    ...rtpCases(),
    sctp: sctpCases(),
    http1: http1Cases(),
    hpack: hpackCases(),
    http2: http2Cases(),
    qpack: qpackCases(),
    quic: await quicCases(),
    'structured-fields': structuredFieldCases(),
    ...fieldValueCases(),
    sse: eventStreamCases(),
    websocket: webSocketCases(),
    sdp: sdpCases(),
  };
}
