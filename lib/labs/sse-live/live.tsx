'use client';
import { useEffect, useState } from 'react';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import type { LabLiveProps } from '../define-lab';
import type { LiveParams } from './lab';
import { newsOf, nothingSeen, seeEvent, seeRequest, type Seen } from './live-stream';
import { NewsRow } from './news-row';
import { RequestCard } from './request-card';
import type { LiveResult } from './run';
import type { ToldEvent, ToldRequest } from './told';

const STATES = ['connecting', 'open', 'closed'] as const;
/** How much of the news fits in view. */
const SHOWN = 24;

/** A real EventSource on the app's own stream, which the learner cuts in the middle. */
export default function SseLive({ params, setParams, origin }: LabLiveProps<LiveParams, LiveResult>) {
  const t = useText();
  const [token, setToken] = useState<string>(newToken);
  const [seen, setSeen] = useState<Seen>(nothingSeen);
  const [cutFailed, setCutFailed] = useState(false);
  const { ids, retryMs } = params;
  const address = `${origin}/api/live-stream/${token}`;

  useEffect(() => {
    setSeen(nothingSeen);
    const source = new EventSource(`${address}?ids=${ids ? 1 : 0}&retry=${retryMs}`);
    const noteState = () => setSeen((now) => ({ ...now, readyState: STATES[source.readyState] ?? 'closed' }));
    source.onopen = noteState;
    source.onerror = noteState;
    source.addEventListener('request', ({ data }: MessageEvent<string>) =>
      setSeen((now) => seeRequest(now, JSON.parse(data) as ToldRequest)),
    );
    source.onmessage = ({ data }: MessageEvent<string>) =>
      setSeen((now) => seeEvent(now, JSON.parse(data) as ToldEvent));
    return () => source.close();
  }, [address, ids, retryMs]);

  const restart = (change: Partial<LiveParams>) => {
    setParams(change);
    setToken(newToken());
  };
  const cut = () => {
    fetch(address, { method: 'POST' }).then(
      ({ ok }) => setCutFailed(!ok),
      () => setCutFailed(true),
    );
  };
  const news = newsOf(seen);
  const last = seen.requests.at(-1);
  const missed = news.filter(({ outcome }) => outcome === 'missed').length;
  return (
    <div className="screen sse-live-picture">
      <div className="sse-live-buttons">
        <Button
          tone="primary"
          aria-disabled={seen.readyState !== 'open'}
          onClick={() => seen.readyState === 'open' && cut()}
        >
          {t('live.cut')}
        </Button>
        <Button onClick={() => restart({ ids: !ids })}>{t(ids ? 'live.withoutIds' : 'live.withIds')}</Button>
        <Button onClick={() => restart({})}>{t('live.again')}</Button>
      </div>
      <p role="status" className="sse-live-status" data-ready-state={seen.readyState}>
        {t(`live.states.${seen.readyState}`, { ids: ids ? 'yes' : 'no', retryMs })}{' '}
        {cutFailed
          ? t('live.cutFailed')
          : seen.requests.length > 1
            ? t('live.account', { missed, connections: seen.requests.length })
            : ''}
      </p>
      <NewsRow news={news.slice(-SHOWN)} />
      {last && <RequestCard title={t('request.title', { n: last.connection })} fields={last.fields} />}
    </div>
  );
}

/** Only the page knows it; nobody else can cut its stream. */
const newToken = (): string => {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  // RFC 9562 §5.4: version 4, variant 10. crypto.randomUUID is there on secure origins only.
  const hex = Array.from(octets, (octet, at) =>
    (at === 6 ? (octet & 0x0f) | 0x40 : at === 8 ? (octet & 0x3f) | 0x80 : octet)
      .toString(16)
      .padStart(2, '0'),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
