import type { ExchangeTrace, MessageKind, PeerId } from '@/lib/protocols/webrtc';
import type { Text } from '@/lib/text';
import type { LadderMessage } from '@/lib/ui/sequence-ladder';
import type { Layer } from '../define-lab';

const LAYERS: Readonly<Record<MessageKind, Layer>> = {
  offer: 'application',
  answer: 'application',
  candidate: 'application',
  check: 'transport',
  'check-reply': 'transport',
  'client-hello': 'security',
  'server-flight': 'security',
  'client-flight': 'security',
  alert: 'security',
};

/** Every message as an arrow; its id is its name. */
export function ladderMessages({ messages }: ExchangeTrace, t: Text): LadderMessage[] {
  return messages
    .map(({ name, from, to, kind, sentAtMs, receivedAtMs, changedTo }): LadderMessage => ({
      ...{ id: name, from, to, sentMs: sentAtMs, receivedMs: receivedAtMs, layer: LAYERS[kind] },
      label: t(changedTo === undefined ? `picture.kinds.${kind}` : 'picture.changed', {
        what: t(`picture.kinds.${kind}`),
      }),
      detail: t(`picture.details.${kind}`),
      tone: receivedAtMs === null ? 'lost' : 'normal',
    }))
    .sort((a, b) => a.sentMs - b.sentMs);
}

/** The signaling state of both, from each change on. */
export function ladderStates({ rules }: ExchangeTrace): { actor: PeerId; fromMs: number; state: string }[] {
  const states: { actor: PeerId; fromMs: number; state: string }[] = [];
  for (const actor of ['ada', 'ben'] as const) {
    let last = 'stable';
    for (const { timeMs, views } of rules) {
      const { signalingState } = views[actor];
      if (signalingState === last) continue;
      last = signalingState;
      // What it passes through in no time is told, not drawn.
      const previous = states.at(-1);
      if (previous?.actor === actor && previous.fromMs === timeMs) states.pop();
      states.push({ actor, fromMs: timeMs, state: signalingState });
    }
  }
  return states;
}
