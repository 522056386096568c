'use client';
import { useMemo } from 'react';
import { useText, type Text } from '@/lib/text';
import { SequenceLadder, type LadderMessage } from '@/lib/ui/sequence-ladder';
import type { LabViewProps } from '../define-lab';
import { Controls } from './controls';
import type { LiveParams } from './lab';
import { NewsRow } from './news-row';
import { RequestCard } from './request-card';
import type { LiveResult } from './run';
import type { Message } from './simulate';
import { stepsOf } from './steps';

/** Who said what to whom, which news came, and what the browser asked when it came back. */
export default function SseLiveView(props: LabViewProps<LiveParams, LiveResult>) {
  const { params, setParams, result, at } = props;
  const t = useText();
  const steps = useMemo(() => stepsOf(result, params), [result, params]);
  const messages = useMemo(() => ladderMessages(result.messages, t), [result, t]);
  const nowMs = at >= steps.length - 1 ? Infinity : (steps[at]?.timeMs ?? Infinity);
  const asked = result.messages.filter(
    ({ kind, receivedMs }) => kind === 'request' && receivedMs !== undefined && receivedMs <= nowMs,
  );
  const last = asked.at(-1);
  return (
    <>
      <Controls params={params} setParams={setParams} />
      <div className="screen sse-live-picture">
        <NewsRow
          news={result.news.map(({ n, outcome, atMs }) => ({
            n,
            outcome: nowMs === Infinity || (atMs ?? Infinity) <= nowMs ? outcome : 'coming',
          }))}
        />
        <div className="sse-live-columns">
          <SequenceLadder
            label={t('picture.ladder')}
            actors={[
              { id: 'browser', label: t('picture.browser') },
              { id: 'server', label: t('picture.server') },
            ]}
            messages={messages}
            states={result.changes.map(({ atMs, readyState }) => ({
              actor: 'browser',
              fromMs: atMs,
              state: t(`picture.states.${readyState}`),
            }))}
            nowMs={nowMs === Infinity ? undefined : nowMs}
            compressGapsOverMs={2500}
            listHidden
          />
          <RequestCard title={t('request.title', { n: asked.length })} fields={last?.fields ?? []} />
        </div>
      </div>
    </>
  );
}

/** Events that leave and arrive together are strands of one arrow. */
function ladderMessages(messages: readonly Message[], t: Text): LadderMessage[] {
  const groups: Message[][] = [];
  for (const message of messages) {
    const last = groups.at(-1)?.[0];
    const together =
      last?.kind === 'event' &&
      message.kind === 'event' &&
      last.sentMs === message.sentMs &&
      last.receivedMs === message.receivedMs;
    if (together) groups.at(-1)?.push(message);
    else groups.push([message]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    const one = ladderMessage(first, t);
    if (group.length === 1) return [one];
    const label = t(first.replayed ? 'picture.severalAgain' : 'picture.several', {
      from: first.n ?? 0,
      to: last.n ?? 0,
    });
    return [{ ...one, label, strands: group.length }];
  });
}

function ladderMessage(message: Message, t: Text): LadderMessage {
  const { id, from, kind, sentMs, receivedMs, n = 0, status = 0, fields = [], replayed = false } = message;
  const lastId = fields.find(({ name }) => name === 'Last-Event-ID')?.value;
  const label =
    kind === 'request'
      ? t(lastId === undefined ? 'picture.request' : 'picture.requestWithId', { id: lastId ?? '' })
      : kind === 'answer'
        ? t('picture.answer', { status })
        : t(replayed ? 'picture.again' : 'picture.event', { n });
  return {
    id,
    from,
    to: from === 'browser' ? 'server' : 'browser',
    sentMs,
    receivedMs: receivedMs ?? null,
    label,
    layer: kind === 'event' ? 'application' : 'http',
    ...(replayed && { tone: 'retransmission' as const }),
  };
}
