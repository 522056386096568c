import type { TracedRoom } from './decoder';
import { hpackCases, http1Cases, http2Cases, qpackCases, structuredFieldCases } from './http';
import { dnsCases, ipCases, transportCases } from './internet';
import { quicCases } from './quic';
import { eventStreamCases, webSocketCases } from './streams';
import { sctpCases, sdpCases, stunCases } from './webrtc';

/**
 * Every decoder that takes a trace sink, by room, each with inputs as they are on real wires. Rooms that decode and are
 * not here take none: nat and ice use stun's, and the rest (cookies, mime, cors, http-cache, http-auth, the handshake of
 * websocket) read field values, whose lines http1 traces. The rooms of TLS and RTP have benches of their own beside this.
 */
export async function tracedRooms(): Promise<Record<string, TracedRoom>> {
  return {
    ip: ipCases(),
    ...transportCases(),
    dns: dnsCases(),
    ...(await stunCases()),
    sctp: sctpCases(),
    http1: http1Cases(),
    hpack: hpackCases(),
    http2: http2Cases(),
    qpack: qpackCases(),
    quic: await quicCases(),
    'structured-fields': structuredFieldCases(),
    sse: eventStreamCases(),
    websocket: webSocketCases(),
    sdp: sdpCases(),
  };
}
