import { runLearnerCode } from '@/lib/runner';
import { createBrowserDrafts, draftId, parseDraft } from '../exercise/drafts';

export type AnswerOutcome =
  /** The browser took it; its state is stable now. */
  | { status: 'accepted'; answer: string; isOwn: boolean }
  | { status: 'refused'; answer: string; isOwn: boolean; name: string; message: string }
  | { status: 'no-answer'; isOwn: boolean; message: string };

/** The code that the learner has written in a stage of a lab's exercise, as far as this browser keeps it. */
export function learnerCode(
  lab: string,
  stage: { id: string; starter: string },
): { code: string; isOwn: boolean } {
  const draft = parseDraft(createBrowserDrafts().load(draftId(lab, stage.id)), stage.starter);
  return {
    code: draft.code ?? stage.starter,
    isOwn: draft.code !== undefined && draft.code !== stage.starter,
  };
}

/** Has this browser offer voice and data, the learner's createAnswer answer it, and the browser judge that. */
export async function offerToLearner(
  lab: string,
  stage: { id: string; starter: string },
): Promise<AnswerOutcome> {
  const { code, isOwn } = learnerCode(lab, stage);
  const connection = new RTCPeerConnection({ iceServers: [] });
  try {
    connection.addTransceiver('audio');
    connection.createDataChannel('roundtrip');
    await connection.setLocalDescription();
    const offer = connection.localDescription?.sdp ?? '';
    const own = { ufrag: randomText(4), pwd: randomText(24), fingerprint: randomFingerprint() };
    const report = await runLearnerCode({ code, calls: [{ fn: 'createAnswer', args: [offer, own] }] });
    if (report.status === 'stopped')
      return { status: 'no-answer', isOwn, message: report.message || report.code };
    const [outcome] = report.outcomes;
    if (outcome?.status !== 'returned')
      return { status: 'no-answer', isOwn, message: `${outcome?.name ?? ''}: ${outcome?.message ?? ''}` };
    const answer = typeof outcome.value === 'string' ? outcome.value : JSON.stringify(outcome.value);
    try {
      await connection.setRemoteDescription({ type: 'answer', sdp: answer });
      return { status: 'accepted', answer, isOwn };
    } catch (error) {
      const { name = '', message = '' } = error instanceof Error ? error : {};
      return { status: 'refused', answer, isOwn, name, message: message.slice(0, 400) };
    }
  } finally {
    connection.close();
  }
}

const octetsOf = (count: number) => crypto.getRandomValues(new Uint8Array(count));

function randomText(length: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  return Array.from(octetsOf(length), (octet) => letters[octet % 64]).join('');
}

function randomFingerprint(): string {
  return Array.from(octetsOf(32), (octet) => octet.toString(16).padStart(2, '0').toUpperCase()).join(':');
}
