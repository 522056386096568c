import { useEffect, useRef, useState } from 'react';
import type { PeerId } from '@/lib/protocols/webrtc';
import { useText } from '@/lib/text';
import { Button, Disclosure, TextField } from '@/lib/ui/controls';
import { isCode, startRoomCall, tidyCode, type LiveNote, type LiveView, type RoomCall } from '../live-peers';
import { Compare, Notes } from './live-compare';
import { mediaKindsOf, type ExchangeParams } from './params';
import type { ExchangeResult } from './run';
import { SourceChoice, useLiveMedia } from './use-live-media';

type Props = { params: ExchangeParams; result: ExchangeResult; origin: string };
type Stand = {
  peer: PeerId;
  code?: string;
  view?: LiveView;
  end?: string;
  heard?: string;
  notes: readonly LiveNote[];
};

/** One end here, the other wherever the code was typed in. */
export function LiveRoom({ params, result, origin }: Props) {
  const t = useText();
  const media = useLiveMedia();
  const call = useRef<RoomCall>(undefined);
  const [typed, setTyped] = useState('');
  const [stand, setStand] = useState<Stand>();
  const [packets, setPackets] = useState(0);
  useEffect(
    () => () => {
      call.current?.close();
      media.stop();
    },
    // Once, when the part is closed: refs hold what there is to close.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  );
  useEffect(() => {
    const timer = setInterval(() => void call.current?.packetsReceived().then(setPackets), 1000);
    return () => clearInterval(timer);
  }, []);

  const leave = () => {
    call.current?.close();
    call.current = undefined;
    media.stop();
    setPackets(0);
    setStand(undefined);
  };
  const enter = async (code: string | null) => {
    leave();
    const kinds = mediaKindsOf(params.media);
    const source = await media.open(kinds);
    const change = (part: Partial<Stand>) => setStand((before) => before && { ...before, ...part });
    call.current = startRoomCall(
      { origin, code, kinds, trickle: params.trickle, fault: params.fault },
      source,
      {
        onCode: (created) => change({ code: created }),
        note: (note) =>
          setStand((before) => before && { ...before, notes: [...before.notes, note].slice(-200) }),
        onView: (view) =>
          setStand((before) =>
            before && JSON.stringify(before.view) !== JSON.stringify(view) ? { ...before, view } : before,
          ),
        onHeard: (heard) => change({ heard }),
        onEnd: (end) => change({ end }),
      },
    );
    setStand({ peer: call.current.peer, notes: [] });
  };
  return (
    <div className="sdp-exchange-live">
      <p>{t('live.room.lead')}</p>
      {stand === undefined ? (
        <>
          <SourceChoice media={media} />
          <div className="sdp-exchange-live-actions">
            <Button tone="primary" onClick={() => void enter(null)}>
              {t('live.room.open')}
            </Button>
            <form
              className="sdp-exchange-join"
              onSubmit={(event) => {
                event.preventDefault();
                if (isCode(tidyCode(typed))) void enter(tidyCode(typed));
              }}
            >
              <TextField label={t('live.room.code')} value={typed} onChange={setTyped} mono maxLength={12} />
              <Button type="submit" disabled={!isCode(tidyCode(typed))}>
                {t('live.room.join')}
              </Button>
            </form>
          </div>
        </>
      ) : (
        <>
          <p role="status" className="sdp-exchange-live-note">
            {stand.view === undefined && stand.code !== undefined && t('live.room.tell')}
            {stand.view === undefined &&
              stand.code === undefined &&
              stand.end === undefined &&
              t('live.room.entering')}
            {stand.end !== undefined &&
              t(stand.view === undefined ? `live.room.ends.${stand.end}` : 'live.room.channelGone')}
          </p>
          {stand.view === undefined && stand.code !== undefined && (
            <output className="sdp-exchange-code">{stand.code}</output>
          )}
          {stand.view && (
            <>
              <p>{t('live.room.you', { peer: stand.peer })}</p>
              <Compare peer={stand.peer} engine={result.trace.final[stand.peer]} live={stand.view} />
              {packets > 0 && <p className="sdp-exchange-live-note">{t('live.room.packets', { packets })}</p>}
              {stand.heard !== undefined && (
                <p className="sdp-exchange-live-note" data-heard>
                  {t('live.room.heard', { text: stand.heard })}
                </p>
              )}
            </>
          )}
          <p className="sdp-exchange-live-actions">
            {stand.view?.connectionState === 'connected' && (
              <Button onClick={() => call.current?.say(t('live.room.greeting', { peer: stand.peer }))}>
                {t('live.room.greet')}
              </Button>
            )}
            <Button onClick={leave}>{t('live.room.leave')}</Button>
          </p>
          {stand.notes.length > 0 && (
            <Disclosure summary={t('live.notes', { count: stand.notes.length })}>
              <Notes notes={stand.notes} />
            </Disclosure>
          )}
        </>
      )}
    </div>
  );
}
