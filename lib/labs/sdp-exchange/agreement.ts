import {
  isAttribute,
  mediaLineOf,
  parseSdp,
  textOf,
  type SdpLine,
  type SessionDescription,
} from '@/lib/protocols/sdp';
import type { ExchangeTrace, TracedMessage } from '@/lib/protocols/webrtc';

/** Lines of one kind, as offered and as answered; `name` is also the key of what they mean together. */
export type AgreementRow = {
  name: string;
  offer: readonly string[];
  answer: readonly string[];
  /** What arrived was not what was sent. */
  wasChanged: boolean;
};

/** One m= section, or what stands before the first: then it has no kind. */
export type AgreementSection = {
  id: string;
  kind: string | null;
  mid: string | null;
  rows: readonly AgreementRow[];
};

/** An offer with the answer to it, as far as there is one. */
export type Negotiation = { offer: TracedMessage; answer: TracedMessage | undefined };

/** The negotiation that a step is in the midst of, or the last one before it; of a chosen message, its own. */
export function negotiationAt(
  { messages }: ExchangeTrace,
  timeMs: number,
  chosen: string | null,
): Negotiation | undefined {
  const answerOf = (offer: TracedMessage) =>
    messages.find(
      ({ kind, to, sentAtMs }) => kind === 'answer' && to === offer.from && sentAtMs >= offer.sentAtMs,
    );
  const all = messages
    .filter(({ kind }) => kind === 'offer')
    .map((offer) => ({ offer, answer: answerOf(offer) }));
  const asked = all.find(({ offer, answer }) => offer.name === chosen || answer?.name === chosen);
  return asked ?? all.findLast(({ offer }) => offer.sentAtMs <= timeMs) ?? all[0];
}

/** The answer says the same as the offer. */
export function isRepeated({ offer, answer, wasChanged }: AgreementRow): boolean {
  return !wasChanged && offer.length > 0 && offer.join() === answer.join();
}

/** Offer and answer side by side, section by section and kind of line by kind of line. */
export function agreementOf({ offer, answer }: Negotiation): readonly AgreementSection[] {
  const [sent, arrived] = [parseSdp(offer.text ?? ''), parseSdp(offer.changedTo ?? offer.text ?? '')];
  const back = answer?.text === undefined ? undefined : parseSdp(answer.changedTo ?? answer.text);
  const asSent = answer?.text === undefined ? undefined : parseSdp(answer.text);
  const session: AgreementSection = {
    ...{ id: 'session', kind: null, mid: null },
    rows: rowsOf(linesOf(arrived.lines), linesOf(sent.lines), linesOf(back?.lines), linesOf(asSent?.lines)),
  };
  const sections = arrived.media.map(({ media }, index): AgreementSection => {
    const of = (description: SessionDescription | undefined) => sectionLines(description, index);
    const rows = rowsOf(of(arrived), of(sent), of(back), of(asSent));
    const mid = rows.find(({ name }) => name === 'mid')?.offer[0]?.slice('a=mid:'.length) ?? null;
    return { id: String(index), kind: media, mid, rows };
  });
  return [session, ...sections];
}

type Line = { name: string; text: string };

function sectionLines(description: SessionDescription | undefined, index: number): readonly Line[] {
  const section = description?.media[index];
  if (!section) return [];
  return [{ name: 'm', text: `m=${mediaLineOf(section)}` }, ...linesOf(section.lines)];
}

const DIRECTIONS: readonly string[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

function linesOf(lines: readonly SdpLine[] | undefined): readonly Line[] {
  return (lines ?? []).map((line) => {
    const text = `${line.type}=${textOf(line)}`;
    if (!isAttribute(line)) return { name: line.type, text };
    return { name: DIRECTIONS.includes(line.name) ? 'direction' : line.name, text };
  });
}

function rowsOf(
  offer: readonly Line[],
  offerSent: readonly Line[],
  answer: readonly Line[],
  answerSent: readonly Line[],
): readonly AgreementRow[] {
  const names = [...new Set([...offer, ...answer, ...offerSent, ...answerSent].map(({ name }) => name))];
  return names.map((name) => {
    const of = (lines: readonly Line[]) => lines.filter((line) => line.name === name).map(({ text }) => text);
    const wasChanged =
      of(offer).join() !== of(offerSent).join() || of(answer).join() !== of(answerSent).join();
    return { name, offer: of(offer), answer: of(answer), wasChanged };
  });
}
