import * as sctp from '@/lib/protocols/sctp';
import { parseSdp, readAllMedia } from '@/lib/protocols/sdp';
import { OFFER } from '@/lib/protocols/sdp/offers.fixture';
import * as stun from '@/lib/protocols/stun';
import * as turn from '@/lib/protocols/turn';
import { content, type TracedRoom } from './decoder';

/** What ICE and a relay say. */
export async function stunCases(): Promise<Record<'stun' | 'turn', TracedRoom>> {
  const transactionId = Uint8Array.from({ length: 12 }, (_, i) => i * 20);
  const key = stun.shortTermKey('VOkJxbRl1RmTxUk/WvJxBt');
  const signed = async (message: Parameters<typeof stun.encodeMessage>[0]) =>
    stun.addFingerprint(await stun.addIntegrity(stun.encodeMessage(message), key));
  const check = await signed({
    ...{ class: 'request', method: 'Binding', transactionId },
    attributes: [
      { name: 'USERNAME', value: 'evtj:h6vY' },
      { name: 'PRIORITY', value: 1_845_494_271 },
      { name: 'ICE-CONTROLLING', value: 0x932ff9b151263b36n },
      { name: 'USE-CANDIDATE', value: true },
    ],
  });
  const address = { address: '192.0.2.1', port: 32_853 };
  const answer = await signed({
    ...{ class: 'success', method: 'Binding', transactionId },
    attributes: [{ name: 'XOR-MAPPED-ADDRESS', value: address }],
  });
  const allocated = await signed({
    ...{ class: 'success', method: 'Allocate', transactionId },
    attributes: [
      { name: 'XOR-RELAYED-ADDRESS', value: address },
      { name: 'LIFETIME', value: 600 },
      { name: 'XOR-MAPPED-ADDRESS', value: { ...address, address: '2001:db8::7' } },
      { name: 'SOFTWARE', value: 'Roundtrip' },
    ],
  });
  const indication = stun.encodeMessage({
    ...{ class: 'indication', method: 'Data', transactionId },
    attributes: [
      { name: 'XOR-PEER-ADDRESS', value: address },
      { name: 'DATA', value: content(1000) },
    ],
  });
  const channelData = turn.encodeChannelData({ channel: 0x4001, data: content(1000) });
  return {
    stun: {
      'ICE check': (sink) => stun.decodeMessage(check, sink),
      'ICE answer': (sink) => stun.decodeMessage(answer, sink),
    },
    turn: {
      'answer to Allocate': (sink) => stun.decodeMessage(allocated, sink),
      'Data indication, 1000 B': (sink) => stun.decodeMessage(indication, sink),
      'ChannelData, 1000 B': (sink) => turn.decodeChannelData(channelData, 'udp', sink),
    },
  };
}

/** Packets of a data channel. */
export function sctpCases(): TracedRoom {
  const packetOf = (...chunks: sctp.Chunk[]) =>
    sctp.encodePacket({ sourcePort: 5000, destinationPort: 5000, verificationTag: 0x1234_5678, chunks });
  const dataOf = (octets: number): sctp.DataChunk => ({
    ...{ kind: 'data', immediate: false, unordered: false, begin: true, end: true },
    ...{ tsn: 4_000_000_000, streamId: 1, streamSeq: 9, ppid: 51, userData: content(octets) },
  });
  const init = packetOf({
    ...{ kind: 'init', initiateTag: 7, aRwnd: 131_072, outStreams: 1024, inStreams: 2048, initialTsn: 1 },
    params: [
      { type: 0xc000, value: new Uint8Array(0) },
      { type: 0x8008, value: Uint8Array.of(130, 192) },
    ],
  });
  const sack = packetOf({
    ...{ kind: 'sack', cumulativeTsn: 3_999_999_990, aRwnd: 131_072, duplicateTsns: [] },
    gapBlocks: [{ start: 2, end: 4 }],
  });
  const [small, large] = [packetOf(dataOf(40)), packetOf(dataOf(1172))];
  const open = sctp.encodeDcep({ type: 'open', priority: 256, ordered: true, label: 'chat', protocol: '' });
  return {
    INIT: (sink) => sctp.decodePacket(init, sink),
    SACK: (sink) => sctp.decodePacket(sack, sink),
    'DATA, 40 B': (sink) => sctp.decodePacket(small, sink),
    'DATA, 1172 B': (sink) => sctp.decodePacket(large, sink),
    DATA_CHANNEL_OPEN: (sink) => sctp.decodeDcep(open, sink),
  };
}

/** An offer; its fields are read where someone asks. */
export function sdpCases(): TracedRoom {
  return {
    'offer of three sections, to lines': (sink) => parseSdp(OFFER, sink),
    'offer of three sections, to fields': (sink) => readAllMedia(parseSdp(OFFER, sink)),
  };
}
