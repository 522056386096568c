import type { ConnectionState, DtlsState, IceConnectionState, IceGatheringState } from './states';
import type { PeerId } from './signals';
import type { SignalingState } from '../sdp';

/** A description as a peer holds it. `name` is `ada offer 1`: whose, which, and the how-manieth of its kind. */
export type NamedDescription = {
  readonly name: string;
  readonly by: PeerId;
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
};

/** All that can be seen of a peer from outside, as RTCPeerConnection shows it. */
export type PeerView = {
  signalingState: SignalingState;
  iceGatheringState: IceGatheringState;
  iceConnectionState: IceConnectionState;
  dtlsState: DtlsState;
  connectionState: ConnectionState;
  currentLocal: string | null;
  currentRemote: string | null;
  pendingLocal: string | null;
  pendingRemote: string | null;
};

/** What one arrow carries. */
export type MessageKind =
  | 'offer'
  | 'answer'
  | 'candidate'
  | 'check'
  | 'check-reply'
  | 'client-hello'
  | 'server-flight'
  | 'client-flight'
  | 'alert';

/** One arrow: a signal through the channel, or a packet on the media path. */
export type TracedMessage = {
  /** `ada offer 1`, `ben candidate 2`, `ada check 1`: whose, what, and the how-manieth. */
  name: string;
  from: PeerId;
  to: PeerId;
  way: 'signaling' | 'path';
  kind: MessageKind;
  sentAtMs: number;
  /** null: lost. */
  receivedAtMs: number | null;
  /** What was sent; for descriptions and candidates. */
  text?: string;
  /** What arrived, where the channel changed it. */
  changedTo?: string;
};

/** Something that happened at a peer and the rule behind it; `rule` is the key of a sentence. */
export type TracedRule = {
  timeMs: number;
  peer: PeerId;
  rule: string;
  /** `RFC 8829 §5.9`, or the W3C's document where it decides. */
  ref: string;
  values: Readonly<Record<string, string | number>>;
  /** Both peers after it. */
  views: Readonly<Record<PeerId, PeerView>>;
};

/** A whole exchange, from the first call to silence. */
export type ExchangeTrace = {
  messages: readonly TracedMessage[];
  rules: readonly TracedRule[];
  final: Readonly<Record<PeerId, PeerView>>;
  /** Every description that was made, by name: as its maker sees it. */
  descriptions: Readonly<Record<string, NamedDescription>>;
  endMs: number;
};
