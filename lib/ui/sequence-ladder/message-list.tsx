import { useText } from '@/lib/text';
import { formatNumber } from '../number-format';
import type { SequenceLadderProps } from './props';

/** The same ladder as sentences, in order. */
export function MessageList(props: Pick<SequenceLadderProps, 'actors' | 'messages' | 'states' | 'spans'>) {
  const { actors, messages, states = [], spans = [] } = props;
  const t = useText();
  const nameOf = (id: string) => actors.find((actor) => actor.id === id)?.label ?? id;
  const ms = (value: number) => formatNumber(value, t.locale, 3);
  const lines = [
    ...messages.map((message) => {
      const tone = message.tone ?? (message.receivedMs === null ? 'lost' : 'normal');
      return {
        key: `m${message.id}`,
        atMs: message.sentMs,
        text: t(message.receivedMs === null ? 'visualiser.ladder.lineLost' : 'visualiser.ladder.line', {
          at: ms(message.sentMs),
          arrival: ms(message.receivedMs ?? 0),
          from: nameOf(message.from),
          to: nameOf(message.to),
          label: message.label,
          tone,
        }),
        detail: message.detail,
      };
    }),
    ...states.map((state, index) => ({
      key: `s${index}`,
      atMs: state.fromMs,
      text: t('visualiser.ladder.lineState', {
        at: ms(state.fromMs),
        actor: nameOf(state.actor),
        state: state.state,
      }),
      detail: undefined,
    })),
    ...spans.map((span) => ({
      key: `b${span.id}`,
      atMs: span.fromMs,
      text: t('visualiser.ladder.lineSpan', {
        at: ms(span.fromMs),
        until: ms(span.toMs),
        actor: nameOf(span.actor),
        label: span.label,
      }),
      detail: undefined,
    })),
  ].sort((a, b) => a.atMs - b.atMs);
  return (
    <ol className="m-0 list-none p-0 text-sm">
      {lines.map((line) => (
        <li key={line.key} className="border-b border-rule py-1">
          {line.text}
          {line.detail ? <span className="block text-xs text-ink-soft">{line.detail}</span> : null}
        </li>
      ))}
    </ol>
  );
}
