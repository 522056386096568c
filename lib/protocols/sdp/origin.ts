import type { SessionDescription } from './description';
import { LINE_TYPES } from './grammar/line-types';
import type { FieldsOf } from './grammar/template';
import { matchTemplate } from './grammar/template';

/** Fields of the `o=` line (RFC 8866 §5.2). Ids stay text: 64 bits do not fit a JavaScript number. */
export type Origin = FieldsOf<typeof LINE_TYPES.o.template>;

/** Undefined where there is no `o=` line, or one that breaks its grammar. */
export function readOrigin(description: SessionDescription): Origin | undefined {
  const line = description.lines.find(({ type }) => type === 'o');
  return line && matchTemplate(LINE_TYPES.o.template, line.value ?? '');
}

/** The value of an `o=` line. */
export function writeOrigin(origin: Origin): string {
  const { username, sessionId, sessionVersion, netType, addressType, address } = origin;
  return `${username} ${sessionId} ${sessionVersion} ${netType} ${addressType} ${address}`;
}
