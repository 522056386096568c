import type { ReceiverReport, ReportBlock, SenderReport } from './rtcp';
import type { RtcpBody } from './rtcp-body';

const SENDER_INFO_OCTETS = 20;
const REPORT_BLOCK_OCTETS = 24;

/** SR and RR: both hold as many report blocks as the header says, and may hold more that a profile defines (RFC 3550 §6.4). */
export function decodeReport(
  body: RtcpBody,
  isSender: boolean,
  count: number,
): SenderReport | ReceiverReport {
  body.need(4 + (isSender ? SENDER_INFO_OCTETS : 0) + count * REPORT_BLOCK_OCTETS);
  const ssrc = body.uint(4, 'SSRC of Sender', 'RFC 3550 §6.4.1');
  if (!isSender) return { kind: 'rr', ssrc, ...readBlocks(body, count) };
  return { kind: 'sr', ssrc, ...readSenderInfo(body), ...readBlocks(body, count) };
}

function readSenderInfo(body: RtcpBody) {
  const ref = 'RFC 3550 §6.4.1';
  const seconds = body.uint(4, 'NTP Timestamp, Seconds', ref, 'since 1900');
  const fraction = body.uint(4, 'NTP Timestamp, Fraction', ref, 'of a second, in 2^32nds');
  return {
    ntpTimestamp: (BigInt(seconds) << 32n) | BigInt(fraction),
    rtpTimestamp: body.uint(4, 'RTP Timestamp', ref, 'the same moment on the media clock'),
    packetCount: body.uint(4, "Sender's Packet Count", ref),
    octetCount: body.uint(4, "Sender's Octet Count", ref, 'of payload'),
  };
}

function readBlocks(body: RtcpBody, count: number) {
  const reports: ReportBlock[] = [];
  for (let i = 0; i < count; i++) reports.push(readBlock(body));
  return { reports, extension: body.rest('Profile-Specific Extension', 'RFC 3550 §6.4.3') };
}

const percent = (fraction: number) => `${Math.round((fraction * 100) / 256)} %`;
const signed24 = (value: number) => (value << 8) >> 8;
const seconds = (value: number) => `${value / 65_536} s`;

function readBlock(body: RtcpBody): ReportBlock {
  const ref = 'RFC 3550 §6.4.1';
  return {
    ssrc: body.uint(4, 'SSRC', ref, 'the source that this is about'),
    fractionLost: body.uint(1, 'Fraction Lost', ref, 'since the last report', percent),
    cumulativeLost: signed24(
      body.uint(3, 'Cumulative Number Lost', ref, 'a number with a sign', (value) => String(signed24(value))),
    ),
    extendedHighestSequence: body.uint(4, 'Extended Highest Sequence Number', ref, 'cycles above 16 bits'),
    jitter: body.uint(4, 'Interarrival Jitter', ref, 'ticks'),
    lastSr: body.uint(4, 'LSR', ref, 'middle of the NTP timestamp of the last SR'),
    delaySinceLastSr: body.uint(4, 'DLSR', ref, 'since that SR came', seconds),
  };
}
