import type { WireAnswer } from './answer';
import type { WireReading } from './contract';

/** The peer's answer, annotated by the room of its protocol: for labs that do not read it themselves. */
export async function readByProtocol(_answer: WireAnswer): Promise<WireReading> {
  return { spans: [], sentences: [] };
}
