import { useEffect, useRef, useState } from 'react';
import type { PeerId } from '@/lib/protocols/webrtc';
import { useText } from '@/lib/text';
import { Button, Disclosure } from '@/lib/ui/controls';
import {
  startPageCall,
  type LiveNote,
  type LiveView,
  type PageCall,
  type PageCallScript,
} from '../live-peers';
import { agrees, Compare, Notes } from './live-compare';
import { lostNames, mediaKindsOf, POLITE, type ExchangeParams } from './params';
import type { ExchangeResult } from './run';
import { SourceChoice, useLiveMedia } from './use-live-media';

/** No state has changed for so long: this is where it stays, as far as a person waits. */
const SETTLED_AFTER_MS = 4_000;
const PEERS = ['ada', 'ben'] as const;

type Run = {
  params: ExchangeParams;
  result: ExchangeResult;
  views: Readonly<Record<PeerId, LiveView>> | undefined;
  notes: readonly LiveNote[];
  heard: boolean;
};

/** Ada and Ben as two RTCPeerConnections of this page, with the same script, the same fault and the same delay. */
export function LivePage({ params, result }: { params: ExchangeParams; result: ExchangeResult }) {
  const t = useText();
  const media = useLiveMedia();
  const call = useRef<PageCall>(undefined);
  const [run, setRun] = useState<Run>();
  const [isSettled, setSettled] = useState(false);
  const [packets, setPackets] = useState<Record<PeerId, number>>();
  const stop = () => {
    call.current?.close();
    call.current = undefined;
    media.stop();
  };
  useEffect(
    () => () => {
      call.current?.close();
      media.stop();
    },
    // Once, when the part is closed: refs hold what there is to close.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  );
  const views = run?.views;
  const shown = views ? JSON.stringify(views) : '';
  useEffect(() => {
    if (shown === '') return;
    const timer = setTimeout(() => setSettled(true), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  useEffect(() => {
    const timer = setInterval(() => void call.current?.packetsReceived().then(setPackets), 1000);
    return () => clearInterval(timer);
  }, []);

  const start = async () => {
    stop();
    setSettled(false);
    setPackets(undefined);
    setRun({ params, result, views: undefined, notes: [], heard: false });
    const kinds = mediaKindsOf(params.media);
    const source = await media.open(kinds);
    const change = (part: (before: Run) => Partial<Run>) =>
      setRun((before) => (before?.result === result ? { ...before, ...part(before) } : before));
    call.current = startPageCall(scriptOf(params), source, {
      note: (note) => change(({ notes }) => ({ notes: [...notes, note].slice(-200) })),
      onViews: (next) => change(({ views: before }) => (same(before, next) ? {} : { views: next })),
      onHeard: () => change(() => ({ heard: true })),
    });
  };
  const isStale = run !== undefined && run.result !== result;
  const endsAs = (final: ExchangeResult['nearFinal']) =>
    views && PEERS.every((peer) => agrees(final[peer], views[peer]));
  // Where one packet overtakes another, the end depends on the path: then the browser may end as a nearer pair would.
  const isNear = run !== undefined && !endsAs(run.result.trace.final) && endsAs(run.result.nearFinal);
  const compared = isNear ? run.result.nearFinal : run?.result.trace.final;
  const allAgree = compared !== undefined && endsAs(compared);
  return (
    <div className="sdp-exchange-live">
      <p>{t('live.page.lead')}</p>
      <SourceChoice media={media} />
      <p className="sdp-exchange-live-actions">
        <Button tone="primary" onClick={() => void start()}>
          {t(run ? 'live.page.again' : 'live.page.start')}
        </Button>
        {isStale && <span role="status">{t('live.page.stale')}</span>}
      </p>
      {run && compared && views && (
        <>
          <div className="sdp-exchange-peers">
            {PEERS.map((peer) => (
              <Compare key={peer} peer={peer} engine={compared[peer]} live={views[peer]} />
            ))}
          </div>
          <p role="status" className="sdp-exchange-verdict" data-settled={isSettled || allAgree}>
            {allAgree
              ? t('live.page.agree', { fault: run.params.fault })
              : isSettled
                ? t(run.params.fault === 'answer-actpass' ? 'live.page.differActpass' : 'live.page.differ')
                : t('live.page.running')}
          </p>
          {isNear && <p className="sdp-exchange-live-note">{t('live.page.otherPath')}</p>}
          {run.heard && <p className="sdp-exchange-live-note">{t('live.page.channel')}</p>}
          {packets && packets.ada + packets.ben > 0 && (
            <p className="sdp-exchange-live-note">{t('live.page.packets', packets)}</p>
          )}
        </>
      )}
      {run && run.notes.length > 0 && (
        <Disclosure summary={t('live.notes', { count: run.notes.length })}>
          <Notes notes={run.notes} />
        </Disclosure>
      )}
    </div>
  );
}

function scriptOf(params: ExchangeParams): PageCallScript {
  return {
    kinds: mediaKindsOf(params.media),
    trickle: params.trickle,
    fault: params.fault,
    lost: lostNames(params.lost),
    signalingDelayMs: params.signalingDelayMs,
    polite: POLITE[params.strategy],
    ...(params.scene === 'glare' ? { secondAfterMs: params.secondAfterMs } : {}),
    ...(params.scene === 'renegotiate' ? { change: params.change } : {}),
  };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
