/** A state; `x` and `y` count columns and rows of the picture from 0 (fractions are fine). */
export type MachineState = { id: string; label: string; x?: number; y?: number };

export type MachineTransition = {
  id: string;
  from: string;
  to: string;
  /** The event, and after " / " what is done: "rcv SYN / snd SYN,ACK". Stands on two lines in the picture. */
  label: string;
  /** How far the edge bows to its left, in pixels; by default straight, and apart from one that comes back. */
  bend?: number;
};

/** A state machine and where one or several actors are in it. */
export type StateMachineProps = {
  /** What the picture shows, for its accessible name. */
  label: string;
  /** Without x and y, states stand in rows by their distance from the first. Give all of them or none. */
  states: readonly MachineState[];
  transitions: readonly MachineTransition[];
  /** The state that is held, or one an actor: `{ client: 'SYN-SENT', server: 'LISTEN' }` (up to four). */
  current: string | Readonly<Record<string, string>>;
  /** Names of the actors in `current`; the first letter marks the token. Default: the ids. */
  actorLabels?: Readonly<Record<string, string>>;
  /** Ids of transitions in the order in which they were taken; the last is emphasised. */
  taken?: readonly string[];
  /** Pressing a state. */
  onSelect?: (stateId: string) => void;
  selected?: string | null;
  /** No table below: the page has one of its own. */
  tableHidden?: boolean;
};
