'use client';
import { useMemo, useState } from 'react';
import { useText } from '@/lib/text';
import { SequenceLadder, type LadderMessage } from '@/lib/ui/sequence-ladder';
import { StateMachine } from '@/lib/ui/state-machine';
import type { LabViewProps } from '../define-lab';
import { Agreement } from './agreement-panel';
import { negotiationAt } from './agreement';
import { Controls } from './controls';
import { ladderMessages, ladderStates } from './ladder';
import { signalingMachine } from './machine';
import { lostNames, type ExchangeParams } from './params';
import { PeerCard } from './peer-card';
import type { ExchangeResult } from './run';
import { stepsOf } from './steps';

const MIN_HEIGHT = 460;
const LONG_GAP_MS = 400;

/** Two ends between a signaling channel and a media path: the ladder, both ends, and what they agreed on. */
export default function SdpExchangeView(props: LabViewProps<ExchangeParams, ExchangeResult>) {
  const { params, setParams, result, at } = props;
  const t = useText();
  const [selected, setSelected] = useState<string | null>(null);
  const { trace } = result;
  const steps = useMemo(() => stepsOf(result, params), [result, params]);
  const messages = useMemo(() => ladderMessages(trace, t), [trace, t]);
  const states = useMemo(() => ladderStates(trace), [trace]);
  const machine = useMemo(() => signalingMachine(t), [t]);
  const step = steps[at];
  const isEnd = at >= steps.length - 1;
  const chosen = messages.some(({ id }) => id === selected) ? selected : null;
  const timeMs = step?.timeMs ?? 0;
  const negotiation = useMemo(() => negotiationAt(trace, timeMs, chosen), [trace, timeMs, chosen]);
  const lost = lostNames(params.lost);
  const isSignal = (id: string) => trace.messages.some(({ name, way }) => name === id && way === 'signaling');
  const actionsFor = ({ id }: LadderMessage) => {
    if (lost.includes(id)) return [{ id: 'restore', label: t('picture.actions.restore') }];
    return isSignal(id) ? [{ id: 'lose', label: t('picture.actions.lose') }] : [];
  };
  const onAction = (id: string, action: string) => {
    const others = lost.filter((name) => name !== id);
    setParams({ lost: (action === 'lose' ? [...others, id] : others).join(',') });
  };

  return (
    <>
      <Controls params={params} setParams={setParams} />
      <div className="screen sdp-exchange-picture">
        <div className="sdp-exchange-main">
          <SequenceLadder
            label={t('picture.ladder')}
            actors={[
              { id: 'ada', label: t('labels.peers.ada') },
              { id: 'ben', label: t('labels.peers.ben') },
            ]}
            messages={messages}
            states={states}
            nowMs={isEnd ? undefined : timeMs}
            selected={chosen}
            onSelect={setSelected}
            actions={actionsFor}
            onAction={onAction}
            fromMs={0}
            height={Math.max(MIN_HEIGHT, messages.length * 44)}
            compressGapsOverMs={LONG_GAP_MS}
            listHidden
          />
          <div className="sdp-exchange-side">
            <div className="sdp-exchange-ruling" data-peer={step?.peer ?? 'end'}>
              <p className="sdp-exchange-ruling-lead">
                {t(step?.peer ? 'picture.now' : 'picture.end')}
                {step?.ref != null && <cite>{step.ref}</cite>}
              </p>
              <p>{step ? t(step.text) : ''}</p>
            </div>
            {step && (
              <div className="sdp-exchange-peers">
                <PeerCard peer="ada" view={step.views.ada} />
                <PeerCard peer="ben" view={step.views.ben} />
              </div>
            )}
            <StateMachine
              label={t('picture.machine')}
              states={machine.states}
              transitions={machine.transitions}
              current={{
                ada: step?.views.ada.signalingState ?? 'stable',
                ben: step?.views.ben.signalingState ?? 'stable',
              }}
              actorLabels={{ ada: t('labels.peers.ada'), ben: t('labels.peers.ben') }}
            />
          </div>
        </div>
        {negotiation && <Agreement negotiation={negotiation} />}
      </div>
    </>
  );
}
