import type { Direction } from '../sdp';
import type { IceCredentials } from './identity';

/** What a section is for; `application` is the one for all data channels together. */
export type MediaKind = 'audio' | 'video' | 'application';

/** A sender, a receiver and the section that they share once there is one (RFC 8829 §3.4.1). */
export type Transceiver = { kind: MediaKind; direction: Direction; mid: string | null };

/** What a peer writes into each description. */
export type OwnLines = {
  sessionId: number;
  /** Grows by one with each new description (RFC 8829 §5.2.2). */
  version: number;
  credentials: IceCredentials;
  fingerprint: string;
  /** `candidate:…` as far as they are known. */
  candidates: readonly string[];
  isGatheringComplete: boolean;
};

/** Codecs by payload type: Opus and G.711 are what every browser must speak (RFC 7874 §3), VP8 too (RFC 7742 §5). */
export const CODECS: Readonly<
  Record<'audio' | 'video', readonly { payloadType: number; lines: readonly string[] }[]>
> = {
  audio: [
    { payloadType: 111, lines: ['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1'] },
    { payloadType: 0, lines: ['a=rtpmap:0 PCMU/8000'] },
  ],
  video: [
    { payloadType: 96, lines: ['a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack', 'a=rtcp-fb:96 nack pli'] },
  ],
};

/** The text of an offer (RFC 8829 §5.2.1). Transceivers must have their mids. */
export function writeOffer(own: OwnLines, transceivers: readonly Transceiver[]): string {
  const lines = [
    'v=0',
    `o=- ${own.sessionId} ${own.version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${transceivers.map(({ mid }) => mid).join(' ')}`,
    'a=ice-options:trickle',
    ...transceivers.flatMap((transceiver) => sectionLines(own, transceiver)),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

function sectionLines(own: OwnLines, { kind, direction, mid }: Transceiver): string[] {
  const transport = transportLines(own);
  if (kind === 'application')
    return [
      'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
      'c=IN IP4 0.0.0.0',
      `a=mid:${mid}`,
      ...transport,
      'a=sctp-port:5000',
      'a=max-message-size:262144',
    ];
  const codecs = CODECS[kind];
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${codecs.map(({ payloadType }) => payloadType).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    ...transport,
    `a=${direction}`,
    'a=rtcp-mux',
    ...codecs.flatMap((codec) => codec.lines),
  ];
}

function transportLines({ credentials, fingerprint, candidates, isGatheringComplete }: OwnLines): string[] {
  return [
    ...candidates.map((candidate) => `a=${candidate}`),
    ...(isGatheringComplete ? ['a=end-of-candidates'] : []),
    `a=ice-ufrag:${credentials.ufrag}`,
    `a=ice-pwd:${credentials.pwd}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:actpass',
  ];
}
