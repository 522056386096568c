import type { Candidate } from '../candidate';
import type { Direction } from '../description';
import type { Fingerprint } from '../read-media';

/** A codec that the answerer has. Payload numbers are the offer's to choose. */
export type CodecCapability = {
  encodingName: string;
  clockRate: number;
  channels?: number;
  /** For `a=fmtp`. Left out, the offer's parameters are taken as they are. */
  parameters?: string;
  /** Reports it can send or act on, of those offered. Left out: all that are offered. */
  feedback?: readonly string[];
};

/** What the answerer can do with sound, or with pictures. */
export type MediaCapability = {
  codecs: readonly CodecCapability[];
  /** What the answerer wants; the offer may allow less. Default `sendrecv`. */
  direction?: Direction;
  /** URIs of header extensions it knows. */
  headerExtensions?: readonly string[];
  /** Receives the encodings of an offered simulcast (RFC 8853 §5.3.2). Default: the offer's plain stream alone. */
  simulcast?: boolean;
  /** What it sends: written where the direction lets it send. */
  track?: { streamId: string; trackId?: string; ssrc?: number; cname?: string };
};

/** What the answerer says of its data channels (RFC 8841 §5, §6). */
export type DataChannelCapability = {
  /** Default 5000. */
  sctpPort?: number;
  /** The longest message it will read; 0: any length. Default 262144. */
  maxMessageSize?: number;
};

/** Everything an answer needs that the offer does not say. Ids, secrets and hashes come in: this room has no chance. */
export type AnswerCapabilities = {
  /** For `o=`. `sessionVersion` grows by one with every answer of the same session (RFC 8829 §5.3.2). */
  origin: { sessionId: string; sessionVersion?: string | number; username?: string };
  ice: {
    ufrag: string;
    pwd: string;
    /** Known by now; further ones trickle. */
    candidates?: readonly Candidate[];
    /** No more will come: `a=end-of-candidates`. */
    isComplete?: boolean;
    isLite?: boolean;
  };
  /** Of the answerer's certificate. */
  fingerprints: readonly Fingerprint[];
  /** Its wish where the offer leaves the choice. */
  setup?: 'active' | 'passive';
  /** By what `m=` says: a kind without an entry is refused. */
  media: { audio?: MediaCapability; video?: MediaCapability; application?: DataChannelCapability };
  /** Sections that are treated otherwise than their kind, by mid. */
  byMid?: Readonly<Record<string, MediaCapability | DataChannelCapability | 'reject'>>;
  /** Default true: accept a bundle that is offered. */
  bundle?: boolean;
};
