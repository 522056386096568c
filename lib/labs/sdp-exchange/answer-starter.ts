/** What the learner's createAnswer starts from. A file of its own: the live part needs it, and none of the rest. */
export const ANSWER_STARTER = `/** What only your side can know. */
type Own = { ufrag: string; pwd: string; fingerprint: string };

/** The answer to an offer of two sections, as SDP. Take both, in one bundle, with all of their codecs. */
export function createAnswer(offer: string, own: Own): string {
  const answer: string[] = [];
  for (const line of offer.trimEnd().split('\\r\\n')) {
    // Which lines stay as they are? Which are yours to write? Which are turned round?
    answer.push(line);
  }
  return answer.join('\\r\\n') + '\\r\\n';
}
`;
