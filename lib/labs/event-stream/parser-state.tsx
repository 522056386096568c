import type { EventStreamState } from '@/lib/protocols/sse';
import { useText } from '@/lib/text';
import type { Moment } from './run';
import { shown } from './source';

type Row = { id: string; value: string; before: string };

/** The parser's buffers under the standard's names; what the last step changed is marked. */
export function ParserState({ now, before }: { now: Moment | undefined; before: Moment | undefined }) {
  const t = useText();
  const values = rowsOf(now);
  const old = rowsOf(before);
  const rows = values.map(([id, value], n): Row => ({ id, value, before: old[n]?.[1] ?? '' }));
  return (
    <div className="event-stream-state">
      <p className="event-stream-heading">{t('state.title')}</p>
      <dl>
        {rows.map(({ id, value, before: last }) => (
          <div key={id} data-changed={value !== last || undefined}>
            <dt>{t(`state.${id}`)}</dt>
            <dd className="font-mono">
              {value === '' ? <span className="event-stream-empty">{t('state.empty')}</span> : value}
              {value !== last && <span className="event-stream-mark"> {t('state.changed')}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );

  function rowsOf(moment: Moment | undefined): [string, string][] {
    const state: EventStreamState | undefined = moment?.state;
    const held = moment && moment.held > 0 ? ` ${t('state.held', { count: moment.held })}` : '';
    const time = state?.reconnectionTimeMs;
    return [
      ['line', shown(state?.line ?? '') + held],
      ['data', shown(state?.dataBuffer ?? '')],
      ['type', shown(state?.eventTypeBuffer ?? '')],
      ['id-buffer', shown(state?.lastEventIdBuffer ?? '')],
      ['last-event-id', shown(state?.lastEventId ?? '')],
      ['retry', time === undefined ? '' : t('state.ms', { ms: time })],
    ];
  }
}
