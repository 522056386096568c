import type { PeerId, PeerView } from '@/lib/protocols/webrtc';
import { useText } from '@/lib/text';
import { Sign } from '@/lib/ui/controls';

const STATES = ['signalingState', 'iceConnectionState', 'dtlsState', 'connectionState'] as const;
const SLOTS = ['currentLocal', 'currentRemote', 'pendingLocal', 'pendingRemote'] as const;

/** What one end looks like from outside: its four states, and which description lies where. */
export function PeerCard({ peer, view }: { peer: PeerId; view: PeerView }) {
  const t = useText();
  return (
    <div role="group" className="sdp-exchange-peer" aria-label={t(`labels.peers.${peer}`)}>
      <p className="sdp-exchange-peer-name">{t(`labels.peers.${peer}`)}</p>
      <dl>
        {STATES.map((state) => (
          <div key={state} data-state={view[state]}>
            <dt>{t(`picture.states.${state}`)}</dt>
            <dd>
              {view[state] === 'connected' && <Sign of="check" className="mr-1" />}
              {view[state] === 'failed' && <Sign of="cross" className="mr-1" />}
              {view[state]}
            </dd>
          </div>
        ))}
      </dl>
      <dl className="sdp-exchange-slots">
        {SLOTS.map((slot) => (
          <div key={slot}>
            <dt>{t(`picture.slots.${slot}`)}</dt>
            <dd>{view[slot] === null ? '–' : descriptionName(view[slot], t)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** `ada offer 1` as people say it. */
function descriptionName(name: string, t: ReturnType<typeof useText>): string {
  const [peer = '', type = '', n = ''] = name.split(' ');
  return t('picture.description', { peer, type, n: Number(n) });
}
