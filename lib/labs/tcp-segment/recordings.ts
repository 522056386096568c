/**
 * Segments as two real hosts sent them: a Linux 6.18 kernel at either end of a TUN device, where it computes every
 * checksum itself, on 21 November 2026. `syn` to `ack` and `syn-2` are of Chromium 156 opening http://192.0.2.7/,
 * for which it opened two connections at once; the others of curl. Addresses are those for documentation (RFC 5737,
 * RFC 3849). The receive buffer's limit was 6 MiB, so both ends announced a window scale of 7.
 */
export type Recording = { octets: string; source: string; destination: string; shift: number };

const CLIENT = '192.0.2.1';
const SERVER = '192.0.2.7';
const toServer = { source: CLIENT, destination: SERVER, shift: 7 };
const toClient = { source: SERVER, destination: CLIENT, shift: 7 };

export const recordings = {
  /** The first packet of a page: Chromium asks for a connection. */
  syn: {
    octets: 'eb46005092c6298800000000a002faf042980000020405b40402080aa88236060000000001030307',
    ...toServer,
  },
  /** Chromium's second connection to the same port, opened at the same time. */
  'syn-2': {
    octets: 'eb4c005008e1e62b00000000a002faf010630000020405b40402080a7bfb61fe0000000001030307',
    ...toServer,
  },
  /** The server agrees. */
  'syn-ack': {
    octets: '0050eb46703634ed92c62989a012fe881d320000020405b40402080af7ca84cea882360601030307',
    ...toClient,
  },
  /** The last packet of the handshake, with nothing in it. */
  ack: { octets: 'eb46005092c62989703634ee801001f6488e00000101080aa8823609f7ca84ce', ...toServer },
  /** A whole GET of curl. */
  request: {
    octets:
      'e46e00500f10dbf0bce27fab801801f6951400000101080af37f2de7470ab2e8474554202f20485454502f312e310d0a486f73743a203139322e302e322e370d0a557365722d4167656e743a206375726c2f372e38382e310d0a4163636570743a202a2f2a0d0a0d0a',
    ...toServer,
  },
  /** The client after a lost segment: what it has beyond the gap. */
  sack: {
    octets: 'e47c005051491c9f7be669cdb0100224b66500000101080af11bd149c2476a9d0101050a7be66f757be6751d',
    ...toServer,
  },
  /** curl has no more to send. */
  fin: { octets: 'e46e00500f10dc39bce2801d801101f6c85600000101080af37f2de7470ab2ec', ...toServer },
  /** Nobody listens on port 81. */
  rst: { octets: '0051898a00000000e70ac75f50140000f3810000', ...toClient },
  /** A SYN over IPv6. */
  'syn-ipv6': {
    octets: 'be04005055ef3e2b00000000a002fd2021580000020405a00402080a64fe16b40000000001030307',
    source: '2001:db8::1',
    destination: '2001:db8::7',
    shift: 7,
  },
} as const satisfies Record<string, Recording>;

export type RecordingId = keyof typeof recordings;

export const recordingIds = Object.keys(recordings) as RecordingId[];
