import type { FieldsOf } from './template';
import { matchTemplate } from './template';

/**
 * The attributes that WebRTC and its elders use: each under a line as it is found, with the level it may stand at,
 * the grammar of its value (a flag has none) and what it is for in a few words.
 */
export type AttributeGrammar = {
  level: 'session' | 'media' | 'both';
  /** Undefined for a flag. */
  template?: string;
  meaning: string;
  ref: string;
};

const flag = (level: AttributeGrammar['level'], ref: string, meaning: string) => ({ level, ref, meaning });
const value = <T extends string>(
  level: AttributeGrammar['level'],
  ref: string,
  template: T,
  meaning: string,
) => ({
  level,
  ref,
  template,
  meaning,
});

export const ATTRIBUTES = {
  // a=group:BUNDLE a1 v1
  group: value('session', 'RFC 5888 §5', '{semantics:token}[ {mids:words}]', 'sections that belong together'),
  // a=mid:0
  mid: value('media', 'RFC 5888 §4', '{mid:token}', 'the name of this section'),
  // a=bundle-only
  'bundle-only': flag('media', 'RFC 8843 §6', 'accept this section in the bundle or not at all'),

  // a=sendrecv
  sendrecv: flag('both', 'RFC 8866 §6.7.1', 'media flows both ways'),
  sendonly: flag('both', 'RFC 8866 §6.7.2', 'the writer of this line only sends'),
  recvonly: flag('both', 'RFC 8866 §6.7.3', 'the writer of this line only receives'),
  inactive: flag('both', 'RFC 8866 §6.7.4', 'nothing flows'),

  // a=rtpmap:96 opus/48000/2
  rtpmap: value(
    'media',
    'RFC 8866 §6.6',
    '{payloadType:integer} {encodingName:token}/{clockRate:integer}[/{channels:integer}]',
    'which codec a payload number stands for',
  ),
  // a=fmtp:96 minptime=10;useinbandfec=1
  fmtp: value('media', 'RFC 8866 §6.15', '{format:token} {parameters:text}', 'parameters of a format'),
  // a=rtcp-fb:100 nack pli
  'rtcp-fb': value(
    'media',
    'RFC 4585 §4.2',
    '{payloadType:token} {feedback:words}',
    'reports that may be sent back',
  ),
  // a=ptime:20
  ptime: value('media', 'RFC 8866 §6.4', '{packetTimeMs:decimal}', 'milliseconds of sound in a packet'),
  // a=maxptime:120
  maxptime: value(
    'media',
    'RFC 8866 §6.5',
    '{maxPacketTimeMs:decimal}',
    'at most so many milliseconds in a packet',
  ),
  // a=framerate:29.97
  framerate: value('media', 'RFC 8866 §6.13', '{framesPerSecond:decimal}', 'frames a second'),
  // a=imageattr:97 send [x=1280,y=720] recv [x=1280,y=720]
  imageattr: value('media', 'RFC 6236 §3.1', '{payloadType:token} {attributes:text}', 'picture sizes'),
  // a=extmap:1/sendonly urn:ietf:params:rtp-hdrext:sdes:mid
  extmap: value(
    'both',
    'RFC 8285 §8',
    '{id:integer}[/{direction:token}] {uri:word}[ {attributes:text}]',
    'which number a header extension goes by',
  ),
  // a=extmap-allow-mixed
  'extmap-allow-mixed': flag('both', 'RFC 8285 §6', 'one- and two-octet extension headers may be mixed'),
  // a=msid:stream track
  msid: value(
    'media',
    'RFC 8830 §2',
    '{streamId:token}[ {trackId:token}]',
    'the MediaStream that this media belongs to',
  ),
  // a=msid-semantic: WMS *
  'msid-semantic': value(
    'session',
    'draft-ietf-mmusic-msid-05 §5',
    '[ ]{semantic:token}[ ][{streams:words}]',
    'a draft’s list of streams; the standard has none',
  ),
  // a=ssrc:2754920552 cname:t9YU8M1UxTF8Y1A1
  ssrc: value(
    'media',
    'RFC 5576 §4.1',
    '{ssrc:integer} {attribute:token}[:{value:text}]',
    'a property of one RTP source',
  ),
  // a=ssrc-group:FID 1366781083 1366781084
  'ssrc-group': value(
    'media',
    'RFC 5576 §4.2',
    '{semantics:token} {ssrcs:words}',
    'RTP sources that belong together',
  ),
  // a=rid:1 send pt=97;max-width=1280
  rid: value(
    'media',
    'RFC 8851 §10',
    '{rid:token} {direction:token}[ {restrictions:text}]',
    'the name of one encoding',
  ),
  // a=simulcast:send 1;~2,3 recv c
  simulcast: value(
    'media',
    'RFC 8853 §5.1',
    '{direction:token} {streams:word}[ {otherDirection:token} {otherStreams:word}]',
    'encodings sent at the same time',
  ),
  // a=source-filter:incl IN IP4 239.0.0.1 192.168.20.20
  'source-filter': value(
    'both',
    'RFC 4570 §3',
    '[ ]{mode:token} {netType:token} {addressType:token} {destination:word} {sources:words}',
    'from whom to take media',
  ),

  // a=ice-ufrag:ETEn
  'ice-ufrag': value(
    'both',
    'RFC 8839 §5.4',
    '{ufrag:ice}',
    'the name half of the credentials that guard ICE’s checks',
  ),
  // a=ice-pwd:OtSK0WpNtpUjkY4+86js7ZQl
  'ice-pwd': value(
    'both',
    'RFC 8839 §5.4',
    '{pwd:ice}',
    'the secret half of the credentials that guard ICE’s checks',
  ),
  // a=ice-options:trickle
  'ice-options': value('both', 'RFC 8839 §5.6', '{options:words}', 'what this ICE agent can do besides'),
  // a=ice-lite
  'ice-lite': flag('session', 'RFC 8839 §5.3', 'this agent only answers checks'),
  // a=ice-pacing:50
  'ice-pacing': value('session', 'RFC 8839 §5.5', '{intervalMs:integer}', 'milliseconds between two checks'),
  // a=ice-mismatch
  'ice-mismatch': flag('media', 'RFC 8839 §5.3', 'the addresses offered were changed on the way: no ICE'),
  // a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host
  candidate: value(
    'media',
    'RFC 8839 §5.1',
    '{foundation:ice} {component:integer} {transport:token} {priority:integer} {address:word} {port:integer} typ {candidateType:token}[ raddr {relatedAddress:word}][ rport {relatedPort:integer}][ {extensions:words}]',
    'an address at which this peer may be reached',
  ),
  // a=remote-candidates:1 192.0.2.3 45664
  'remote-candidates': value(
    'media',
    'RFC 8839 §5.2',
    '{candidates:words}',
    'the other side’s candidates that were chosen',
  ),
  // a=end-of-candidates
  'end-of-candidates': flag('both', 'RFC 8840 §8.2', 'no more candidates will come'),

  // a=fingerprint:sha-256 19:E2:1C:3B:…
  fingerprint: value(
    'both',
    'RFC 8122 §5',
    '{hash:token} {fingerprint:octets}',
    'the hash of the certificate that the DTLS handshake must show',
  ),
  // a=setup:actpass
  setup: value('both', 'RFC 4145 §4', '{role:token}', 'who opens the DTLS connection'),
  // a=tls-id:91bbf309c0990a6bec11e38ba2933cee
  'tls-id': value('media', 'RFC 8842 §4', '{tlsId:word}', 'which DTLS association this is'),
  // a=connection:new
  connection: value('both', 'RFC 4145 §5', '{connection:token}', 'a new connection, or the old one'),
  // a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:…
  crypto: value(
    'media',
    'RFC 4568 §4',
    '{tag:integer} {suite:token} {keyParameters:text}',
    'an SRTP key in the clear: forbidden in WebRTC (RFC 8827 §6.5)',
  ),
  // a=identity:eyJp…
  identity: value('session', 'RFC 8827 §5', '{assertion:text}', 'who says that the fingerprint is theirs'),

  // a=rtcp:53020 IN IP4 126.16.64.4
  rtcp: value(
    'media',
    'RFC 3605 §2.1',
    '{port:integer}[ {netType:token} {addressType:token} {address:word}]',
    'where RTCP goes when it has a port of its own',
  ),
  // a=rtcp-mux
  'rtcp-mux': flag('media', 'RFC 5761 §5.1.1', 'RTP and RTCP share a port'),
  // a=rtcp-mux-only
  'rtcp-mux-only': flag('media', 'RFC 8858 §3', 'RTP and RTCP share a port, or the section is refused'),
  // a=rtcp-rsize
  'rtcp-rsize': flag('media', 'RFC 5506 §5', 'RTCP packets may be cut short'),
  // a=rtcp-xr:rcvr-rtt=all:10000
  'rtcp-xr': value('both', 'RFC 3611 §5.1', '{reports:words}', 'extended reports'),

  // a=sctp-port:5000
  'sctp-port': value('media', 'RFC 8841 §5', '{port:integer}', 'the SCTP port within DTLS'),
  // a=max-message-size:262144
  'max-message-size': value(
    'media',
    'RFC 8841 §6',
    '{octets:integer}',
    'the longest message this peer will read; 0: any',
  ),
  // a=sctpmap:5000 webrtc-datachannel 1024
  sctpmap: value(
    'media',
    'draft-ietf-mmusic-sctp-sdp-05 §4',
    '{port:integer} {protocol:token}[ {streams:integer}]',
    'the draft’s form of sctp-port; do not write it',
  ),
  // a=dcmap:0 subprotocol="chat"
  dcmap: value(
    'media',
    'RFC 8864 §5.1',
    '{streamId:integer}[ {options:text}]',
    'a data channel opened by the description',
  ),

  // a=cat:foo.bar
  cat: value('session', 'RFC 8866 §6.1', '{category:text}', 'category of the session'),
  // a=keywds:music
  keywds: value('session', 'RFC 8866 §6.2', '{keywords:text}', 'words to find the session by'),
  // a=tool:libwebrtc 1.0
  tool: value('session', 'RFC 8866 §6.3', '{tool:text}', 'what wrote this'),
  // a=type:broadcast
  type: value('session', 'RFC 8866 §6.9', '{type:token}', 'kind of session'),
  // a=charset:ISO-8859-1
  charset: value('session', 'RFC 8866 §6.10', '{charset:token}', 'character set of the texts for people'),
  // a=sdplang:fr
  sdplang: value('both', 'RFC 8866 §6.11', '{language:token}', 'language of the texts for people'),
  // a=lang:de
  lang: value('both', 'RFC 8866 §6.12', '{language:token}', 'language of the media'),
  // a=orient:portrait
  orient: value('media', 'RFC 8866 §6.8', '{orientation:token}', 'orientation of a whiteboard'),
  // a=quality:10
  quality: value('media', 'RFC 8866 §6.14', '{quality:integer}', 'picture quality wanted, 0 to 10'),
  // a=content:slides
  content: value('media', 'RFC 4796 §5', '{content:word}', 'what the picture shows'),
  // a=label:1
  label: value('media', 'RFC 4574 §4', '{label:token}', 'a name that other protocols point at'),
  // a=control:rtsp://example.com/track1
  control: value('both', 'RFC 7826 §D.1.1', '{uri:word}', 'where RTSP controls this'),
  // a=ts-refclk:ntp=203.0.113.10
  'ts-refclk': value('both', 'RFC 7273 §4.8', '{clock:text}', 'the clock that timestamps follow'),
  // a=mediaclk:direct=963214424
  mediaclk: value('both', 'RFC 7273 §5.4', '{clock:text}', 'how media time follows the clock'),
  // a=depend:100 lay bar:101
  depend: value('media', 'RFC 5583 §5.2', '{dependencies:text}', 'which layer needs which'),
} as const satisfies Record<string, AttributeGrammar>;

/** A name that `ATTRIBUTES` knows. */
export type AttributeName = keyof typeof ATTRIBUTES;
/** The fields of an attribute's value, by its template: `AttributeFields<'mid'>` is `{ mid: string }`. */
export type AttributeFields<N extends AttributeName> = (typeof ATTRIBUTES)[N] extends {
  template: infer T extends string;
}
  ? FieldsOf<T>
  : object;

const GRAMMARS = new Map<string, AttributeGrammar>(Object.entries(ATTRIBUTES));

/** `findAttribute('rtpmap')`; undefined for one that this table does not have (receivers ignore it, RFC 8866 §5.13). */
export function findAttribute(name: string): AttributeGrammar | undefined {
  return GRAMMARS.get(name);
}

/**
 * The fields of an attribute's value: `readAttribute('rtpmap', '96 opus/48000/2')` gives
 * `{ payloadType: 96, encodingName: 'opus', clockRate: 48000, channels: 2 }`. Undefined where the value breaks its
 * grammar, is missing, or stands behind a flag.
 */
export function readAttribute<N extends AttributeName>(
  name: N,
  text: string | undefined,
): AttributeFields<N> | undefined {
  const { template }: AttributeGrammar = ATTRIBUTES[name];
  if (template === undefined) return text === undefined ? ({} as AttributeFields<N>) : undefined;
  return text === undefined ? undefined : (matchTemplate(template, text) as AttributeFields<N> | undefined);
}
