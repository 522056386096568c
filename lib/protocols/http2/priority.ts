import { isInnerList, parseDictionary, StructuredFieldError } from '../structured-fields';

/** RFC 9218 §4: urgency 0 (first) to 7, and whether parts of the response are of use as they come. */
export type Priority = { urgency: number; incremental: boolean };

export const DEFAULT_PRIORITY: Readonly<Priority> = { urgency: 3, incremental: false };

/**
 * A Priority field value, such as `u=1, i` (RFC 9218 §4). Values of another type or range are ignored, and so are
 * members that it does not define; a value that is no dictionary is ignored altogether (§5): the defaults hold.
 */
export function parsePriority(value: string): Priority {
  try {
    const dictionary = parseDictionary(value);
    const bare = (name: string) => {
      const member = dictionary.get(name);
      return member && !isInnerList(member) ? member.bare : undefined;
    };
    const u = bare('u');
    const i = bare('i');
    const isUrgency = u?.type === 'integer' && u.value >= 0 && u.value <= 7;
    return {
      urgency: isUrgency ? u.value : DEFAULT_PRIORITY.urgency,
      incremental: i?.type === 'boolean' ? i.value : DEFAULT_PRIORITY.incremental,
    };
  } catch (error) {
    if (!(error instanceof StructuredFieldError)) throw error;
    return DEFAULT_PRIORITY;
  }
}

/** The shortest field value that says it; the empty one for the defaults. */
export function writePriority({ urgency, incremental }: Priority): string {
  const members = [
    ...(urgency === DEFAULT_PRIORITY.urgency ? [] : [`u=${urgency}`]),
    ...(incremental ? ['i'] : []),
  ];
  return members.join(', ');
}

/**
 * The stream to send next (RFC 9218 §10): the most urgent; among equals those not incremental first and in the order
 * of their ids, then the incremental ones in turn, so that each gets a share.
 * @param lastSent the stream that sent last
 */
export function pickByPriority<Stream extends { id: number; priority: Priority }>(
  ready: readonly Stream[],
  lastSent: number,
): Stream | undefined {
  const rank = ({ id, priority }: Stream) => [
    priority.urgency,
    priority.incremental ? 1 : 0,
    priority.incremental && id <= lastSent ? 1 : 0,
    id,
  ];
  const isBefore = (a: Stream, b: Stream) => {
    const [left, right] = [rank(a), rank(b)];
    const at = left.findIndex((part, i) => part !== right[i]);
    return at >= 0 && left[at]! < right[at]!;
  };
  return ready.reduce<Stream | undefined>(
    (best, stream) => (!best || isBefore(stream, best) ? stream : best),
    undefined,
  );
}
