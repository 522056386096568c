import type { Layer } from '../layer';

/** How a message fared, beside its layer; each has a dash and a sign of its own. */
export type MessageTone = 'normal' | 'lost' | 'duplicate' | 'retransmission';

export type LadderMessage = {
  id: string;
  /** Ids of actors. */
  from: string;
  to: string;
  sentMs: number;
  /** null: lost on the way. */
  receivedMs: number | null;
  /** On the arrow; about 24 characters fit on a phone. '': drawn, but not to be chosen. */
  label: string;
  /** More, shown when chosen. */
  detail?: string | undefined;
  layer: Layer;
  tone?: MessageTone | undefined;
  /** So many packets that leave and arrive together, drawn as strands of one arrow. Default 1. */
  strands?: number | undefined;
};

/** Who said what to whom, and when. Times are milliseconds on one clock. */
export type SequenceLadderProps = {
  /** What the picture shows, for its accessible name. */
  label: string;
  /** Left to right; two to four are legible on a phone. */
  actors: readonly { id: string; label: string }[];
  /** In the order of sending: messages are read and walked through in this order. */
  messages: readonly LadderMessage[];
  /** Something that takes time at an actor: a box on its lifeline. */
  spans?:
    | readonly { id: string; actor: string; fromMs: number; toMs: number; label: string; layer: Layer }[]
    | undefined;
  /** The state that an actor enters, from then until its next one. */
  states?: readonly { actor: string; fromMs: number; state: string }[] | undefined;
  /** The picture as of this moment: later things are not drawn, messages in flight end in mid-air. */
  nowMs?: number | undefined;
  /** Id of the chosen message, or null. Without `onSelect` the ladder keeps it itself. */
  selected?: string | null;
  onSelect?: (id: string | null) => void;
  /** Lets the learner drag an arrow's head, or press ↑ ↓ on it: the new delay in ms, at least 0. */
  onDrag?: (id: string, delayMs: number) => void;
  /** What one press of ↑ or ↓ changes. Default 1 ms. */
  dragStepMs?: number;
  /** What may be done to the chosen message, as buttons beside its detail. */
  actions?:
    | readonly { id: string; label: string }[]
    | ((message: LadderMessage) => readonly { id: string; label: string }[]);
  onAction?: (messageId: string, actionId: string) => void;
  /** Gaps longer than this, in which nothing happens, are drawn short and marked. */
  compressGapsOverMs?: number | undefined;
  /** The time axis reaches at least from and to here (keeps the picture still while messages change). */
  fromMs?: number | undefined;
  toMs?: number | undefined;
  /** Height of the time axis in pixels; by default enough for the labels. */
  height?: number | undefined;
  /** No list below: the page has one of its own. */
  listHidden?: boolean;
};
