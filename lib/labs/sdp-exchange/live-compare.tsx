import type { PeerId, PeerView } from '@/lib/protocols/webrtc';
import { useText } from '@/lib/text';
import { Sign, VisuallyHidden } from '@/lib/ui/controls';
import { sameState, type LiveNote, type LiveView } from '../live-peers';

const STATES = ['signalingState', 'iceConnectionState', 'dtlsState', 'connectionState'] as const;

/** Whether a browser's peer stands where the engine's ended. */
export const agrees = (engine: PeerView, live: LiveView): boolean =>
  STATES.every((state) => sameState(engine, live, state));

/** One peer's four states, as our engine ended and as the browser is now. */
export function Compare({ peer, engine, live }: { peer: PeerId; engine: PeerView; live: LiveView }) {
  const t = useText();
  return (
    <table className="sdp-exchange-compare" data-peer={peer} data-agrees={agrees(engine, live)}>
      <caption>{t(`labels.peers.${peer}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('live.compare.state')}</th>
          <th scope="col">{t('live.compare.engine')}</th>
          <th scope="col">{t('live.compare.browser')}</th>
        </tr>
      </thead>
      <tbody>
        {STATES.map((state) => (
          <tr key={state} data-agrees={sameState(engine, live, state)}>
            <th scope="row">{t(`picture.states.${state}`)}</th>
            <td>{engine[state]}</td>
            <td>
              {live[state]}{' '}
              <span className="sdp-exchange-mark">
                {sameState(engine, live, state) ? (
                  <>
                    <Sign of="check" /> <VisuallyHidden>{t('live.compare.same')}</VisuallyHidden>
                  </>
                ) : (
                  t('live.compare.other')
                )}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the browser did, in order. */
export function Notes({ notes }: { notes: readonly LiveNote[] }) {
  const t = useText();
  return (
    <ol className="sdp-exchange-notes">
      {notes.map(({ atMs, peer, key, values }, index) => (
        <li key={index}>
          <span className="lab-reading-time">{t('labFrame.reading.time', { timeMs: Math.round(atMs) })}</span>
          <span>{t(key, { peer, ...values })}</span>
        </li>
      ))}
    </ol>
  );
}
