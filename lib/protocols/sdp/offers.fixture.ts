import type { AnswerCapabilities, MediaCapability } from '.';

/** 32 octets, as SHA-256 gives. */
export const FINGERPRINT = Array.from({ length: 32 }, (_, i) =>
  i.toString(16).toUpperCase().padStart(2, '0'),
).join(':');

/** Sound, pictures and a data channel in one bundle, as short as RFC 8829 lets it be. */
export const OFFER = [
  'v=0',
  'o=- 4962303333179871722 1 IN IP4 0.0.0.0',
  's=-',
  't=0 0',
  'a=group:BUNDLE a1 v1 d1',
  'a=ice-options:trickle ice2',
  'm=audio 9 UDP/TLS/RTP/SAVPF 96 0 97',
  'c=IN IP4 0.0.0.0',
  'a=mid:a1',
  'a=ice-ufrag:ETEn',
  'a=ice-pwd:OtSK0WpNtpUjkY4+86js7ZQl',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'a=setup:actpass',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtcp-rsize',
  'a=rtpmap:96 opus/48000/2',
  'a=fmtp:96 useinbandfec=1',
  'a=rtpmap:97 telephone-event/8000',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=extmap:2/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'm=video 0 UDP/TLS/RTP/SAVPF 100 101 102 103',
  'c=IN IP4 0.0.0.0',
  'a=bundle-only',
  'a=mid:v1',
  'a=sendonly',
  'a=rtpmap:100 VP8/90000',
  'a=rtcp-fb:100 nack pli',
  'a=rtcp-fb:* ccm fir',
  'a=rtpmap:101 rtx/90000',
  'a=fmtp:101 apt=100',
  'a=rtpmap:102 H264/90000',
  'a=fmtp:102 packetization-mode=1;profile-level-id=42e01f',
  'a=rtpmap:103 rtx/90000',
  'a=fmtp:103 apt=102',
  'a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'a=rid:h send',
  'a=rid:l send',
  'a=simulcast:send h;~l',
  'm=application 0 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=bundle-only',
  'a=mid:d1',
  'a=sctp-port:5000',
  'a=max-message-size:65536',
]
  .map((line) => `${line}\r\n`)
  .join('');

export const AUDIO: MediaCapability = { codecs: [{ encodingName: 'OPUS', clockRate: 48_000, channels: 2 }] };
export const VIDEO: MediaCapability = {
  codecs: [
    { encodingName: 'VP8', clockRate: 90_000 },
    { encodingName: 'rtx', clockRate: 90_000 },
  ],
};

export const CAPABILITIES: AnswerCapabilities = {
  origin: { sessionId: '6386516489780559513' },
  ice: { ufrag: 'TpaA', pwd: 't2Ouhc67y8JcCaYZxUUTgKw/' },
  fingerprints: [{ hash: 'sha-256', fingerprint: [...FINGERPRINT.split(':')].reverse().join(':') }],
  media: { audio: AUDIO, video: VIDEO, application: {} },
};
