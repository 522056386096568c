/** Messages between actors, time downwards. */
export { SequenceLadder } from './sequence-ladder';
export type { LadderMessage, MessageTone, SequenceLadderProps } from './props';
