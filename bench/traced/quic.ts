import * as quic from '@/lib/protocols/quic';
import { content, type TracedRoom } from './decoder';

/** A first packet, frames, transport parameters. */
export async function quicCases(): Promise<TracedRoom> {
  const payload = quic.encodeFrames([
    { type: 'ack', delay: 20n, ranges: [{ smallest: 90n, largest: 100n }] },
    { type: 'stream', streamId: 4n, offset: 70_000n, fin: false, data: content(900) },
    { type: 'max-data', maximum: 1_000_000n },
  ]);
  const parameters = quic.encodeTransportParameters({
    maxIdleTimeout: 30_000n,
    maxUdpPayloadSize: 1472n,
    initialMaxData: 15_728_640n,
    initialMaxStreamDataBidiLocal: 6_291_456n,
    initialMaxStreamDataBidiRemote: 6_291_456n,
    initialMaxStreamDataUni: 6_291_456n,
    initialMaxStreamsBidi: 100n,
    initialMaxStreamsUni: 103n,
    initialSourceConnectionId: content(8),
  });
  const [dcid, scid] = [content(8), content(5)];
  const keys = await quic.packetKeys((await quic.initialSecrets(dcid)).client);
  const initial = await quic.protectPacket(
    { type: 'initial', dcid, scid, packetNumber: 0, packetNumberLength: 4 },
    content(1160),
    keys,
  );
  const header = quic.decodeHeader(initial);
  if (header.type !== 'initial') throw new Error('an Initial packet was written');
  return {
    frames: (sink) => quic.decodeFrames(payload, '1-rtt', sink),
    'transport parameters': (sink) => quic.decodeTransportParameters(parameters, 'client', sink),
    'Initial header': (sink) => quic.decodeHeader(initial, {}, sink),
    'Initial packet, opened': (sink) => quic.unprotectPacket(initial, 0, header, keys, undefined, sink),
  };
}
