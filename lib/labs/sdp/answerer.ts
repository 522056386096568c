import {
  createAnswer,
  groupsOf,
  parseSdp,
  readAllMedia,
  SdpError,
  writeSdp,
  codecsOf,
  type AnswerCapabilities,
  type Direction,
  type SessionDescription,
} from '@/lib/protocols/sdp';

/** Who answers in this lab: a browser that knows the codecs that every browser must (RFC 7874 §3, RFC 7742 §5). */
export const ANSWERER: AnswerCapabilities = {
  origin: { sessionId: '6386516489780559513' },
  ice: { ufrag: 'TpaA', pwd: 't2Ouhc67y8JcCaYZxUUTgKw/' },
  fingerprints: [
    {
      hash: 'sha-256',
      fingerprint: Array.from({ length: 32 }, (_, i) => (i * 7 + 16).toString(16).toUpperCase()).join(':'),
    },
  ],
  media: {
    audio: {
      codecs: [
        { encodingName: 'opus', clockRate: 48_000, channels: 2 },
        { encodingName: 'PCMU', clockRate: 8000 },
        { encodingName: 'PCMA', clockRate: 8000 },
        { encodingName: 'telephone-event', clockRate: 8000 },
      ],
      headerExtensions: [
        'urn:ietf:params:rtp-hdrext:sdes:mid',
        'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
      ],
    },
    video: {
      codecs: [
        { encodingName: 'VP8', clockRate: 90_000 },
        {
          encodingName: 'H264',
          clockRate: 90_000,
          parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
        },
        { encodingName: 'rtx', clockRate: 90_000 },
      ],
      headerExtensions: [
        'urn:ietf:params:rtp-hdrext:sdes:mid',
        'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
      ],
      simulcast: true,
    },
    application: {},
  },
};

/** What became of one section in the answer. */
export type AnsweredSection = {
  media: string;
  mid: string;
  isAccepted: boolean;
  direction: Direction;
  /** Name of the codec that will be used first; empty for data. */
  codec: string;
  /** Shares the transport of the bundle's first section. */
  isBundled: boolean;
  setup: string;
};

export type Outcome =
  | { kind: 'unreadable'; code: string; line: number; seen: string; expected: string }
  | { kind: 'refused'; code: string; seen: string; expected: string }
  | {
      kind: 'answered';
      answer: string;
      sections: AnsweredSection[];
      /** UDP flows that the two will need: one a bundle, two where RTCP has a port of its own. */
      flows: number;
    };

/** Lets the answerer answer; never throws. */
export function answerOffer(offer: SessionDescription): Outcome {
  try {
    const answer = createAnswer(offer, ANSWERER);
    return { kind: 'answered', answer: writeSdp(answer).replaceAll('\r\n', '\n'), ...readAnswer(answer) };
  } catch (error) {
    if (!(error instanceof SdpError)) throw error;
    return { kind: 'refused', code: error.code, seen: error.seen, expected: error.expected };
  }
}

function readAnswer(answer: SessionDescription): { sections: AnsweredSection[]; flows: number } {
  const readings = readAllMedia(answer);
  const bundle = groupsOf(answer, 'BUNDLE')[0] ?? [];
  let flows = 0;
  const sections = answer.media.map((section, i): AnsweredSection => {
    const reading = readings[i]!;
    const isAccepted = section.port !== 0;
    const isBundled = bundle.indexOf(reading.mid ?? '') > 0;
    if (isAccepted && !isBundled) flows += section.media === 'application' || reading.hasRtcpMux ? 1 : 2;
    return {
      media: section.media,
      mid: reading.mid ?? '',
      isAccepted,
      direction: reading.direction,
      codec: isAccepted ? (codecsOf(section, reading)[0]?.encodingName ?? '') : '',
      isBundled,
      setup: reading.setup ?? '',
    };
  });
  return { sections, flows };
}

/** Text of the lab, with LF, to a description; lines get the CRLF that they have on the wire. */
export function readOffer(text: string, trace?: Parameters<typeof parseSdp>[1]): SessionDescription {
  return parseSdp(onTheWire(text), trace);
}

/** As it would be sent: CRLF behind every line. */
export function onTheWire(text: string): string {
  return text === '' ? '' : `${text.replace(/\n+$/, '').replaceAll('\n', '\r\n')}\r\n`;
}
