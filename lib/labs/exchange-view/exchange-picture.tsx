'use client';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ExchangeTrace } from '@/lib/protocols/tcp';
import { useText } from '@/lib/text';
import { SequenceLadder, type LadderMessage } from '@/lib/ui/sequence-ladder';
import { StateMachine } from '@/lib/ui/state-machine';
import { parseFaults, withFault, writeFaults } from './faults';
import { exchangeMessages, isCopy, ladderStates, packetNameOf } from './ladder';
import { machineOf, type MachinePart } from './machine';
import type { ExchangeStep } from './steps';

export type ExchangePictureProps = {
  trace: ExchangeTrace;
  steps: readonly ExchangeStep[];
  at: number;
  /** The link's own delay, one way; faults come on top of it. */
  delayMs: number;
  /** What came before on the exchange's clock is not drawn. */
  fromMs?: number;
  machine: MachinePart;
  faults: string;
  onFaults(faults: string): void;
  /** A segment that was injected was dragged to arrive then. */
  onMoveInjected?: (atMs: number) => void;
};

/** Fetched when the first packet is chosen: a page at rest does not need it. */
const PacketOctets = lazy(() => import('./packet-octets'));

/** Nothing for longer than this, and the ladder draws the time short. */
const LONG_GAP_DELAYS = 6;
const LATER_MS = 1000;
const MIN_HEIGHT = 400;
const COPY_AFTER_MS = 100;

/**
 * Two ends of an exchange: the ladder, whose packets can be dragged, dropped and copied; the state diagram with
 * both tokens; the rule that decided; and the octets of the chosen packet. Messages are those of the lab.
 */
export function ExchangePicture(props: ExchangePictureProps) {
  const { trace, steps, at, delayMs, fromMs = 0 } = props;
  const t = useText();
  const [selected, setSelected] = useState<string | null>(null);
  const messages = useMemo(
    () => exchangeMessages(trace, t, { delayMs, fromMs }),
    [trace, t, delayMs, fromMs],
  );
  const states = useMemo(() => ladderStates(trace, fromMs), [trace, fromMs]);
  const machine = useMemo(() => machineOf(props.machine, t), [props.machine, t]);
  const actors = [
    { id: 'client', label: t('labs.exchange-view.labels.client') },
    { id: 'server', label: t('labs.exchange-view.labels.server') },
  ];
  const step = steps[at];
  const isEnd = at >= steps.length - 1;
  const faults = parseFaults(props.faults);
  const chosen = messages.some(({ id }) => id === selected) ? selected : null;

  const judge = (name: string, verdict: Parameters<typeof withFault>[2]) =>
    props.onFaults(writeFaults(withFault(faults, name, verdict)));
  const packetOf = (id: string) => trace.packets.find(({ name }) => name === packetNameOf(id));

  const onDrag = (id: string, wayMs: number) => {
    const packet = packetOf(id);
    if (!packet) return;
    const name = packet.name;
    if (packet.injected)
      return props.onMoveInjected?.(Math.round(Math.max(0, packet.sentAtMs - delayMs) + wayMs));
    const verdict = faults[name] ?? {};
    if (!isCopy(id)) return judge(name, { ...verdict, delayMs: wayMs - delayMs });
    judge(name, { ...verdict, duplicateAfterMs: Math.max(1, wayMs - delayMs - (verdict.delayMs ?? 0)) });
  };
  const actionsFor = (message: LadderMessage) => {
    const packet = packetOf(message.id);
    if (!packet || packet.injected) return [];
    const verdict = faults[packet.name];
    if (verdict?.drop) return [{ id: 'restore', label: t('labs.exchange-view.actions.restore') }];
    return [
      { id: 'drop', label: t('labs.exchange-view.actions.drop') },
      { id: 'later', label: t('labs.exchange-view.actions.later') },
      ...(verdict?.duplicateAfterMs ? [] : [{ id: 'copy', label: t('labs.exchange-view.actions.copy') }]),
      ...(verdict ? [{ id: 'restore', label: t('labs.exchange-view.actions.restore') }] : []),
    ];
  };
  const onAction = (id: string, action: string) => {
    const name = packetNameOf(id);
    const verdict = faults[name] ?? {};
    if (action === 'drop') judge(name, { drop: true });
    if (action === 'restore') judge(name, undefined);
    if (action === 'later') judge(name, { ...verdict, delayMs: (verdict.delayMs ?? 0) + LATER_MS });
    if (action === 'copy') judge(name, { ...verdict, duplicateAfterMs: COPY_AFTER_MS });
  };

  return (
    <div className="screen exchange-picture">
      <div className="exchange-main">
        <SequenceLadder
          label={t('labs.exchange-view.picture.ladder')}
          actors={actors}
          messages={messages}
          states={states}
          nowMs={isEnd ? undefined : step?.timeMs}
          selected={chosen}
          onSelect={setSelected}
          onDrag={onDrag}
          dragStepMs={10}
          actions={actionsFor}
          onAction={onAction}
          fromMs={0}
          height={Math.max(MIN_HEIGHT, messages.length * 58 + states.length * 8)}
          compressGapsOverMs={Math.max(250, delayMs * LONG_GAP_DELAYS)}
          listHidden
        />
        <div className="exchange-side">
          {step && <Ruling step={step} />}
          <StateMachine
            label={t('labs.exchange-view.picture.machine')}
            states={machine.states}
            transitions={machine.transitions}
            current={step?.states ?? 'CLOSED'}
            actorLabels={{
              client: t('labs.exchange-view.labels.client'),
              server: t('labs.exchange-view.labels.server'),
            }}
            taken={step?.taken ?? []}
          />
        </div>
      </div>
      <div className="exchange-octets">
        {chosen === null ? (
          <p className="exchange-octets-lead">{t('labs.exchange-view.picture.chooseOctets')}</p>
        ) : (
          <Suspense>
            <PacketOctets
              packet={packetOf(chosen)}
              label={messages.find(({ id }) => id === chosen)?.label ?? ''}
            />
          </Suspense>
        )}
      </div>
    </div>
  );
}

/** What happened at this step, and the rule that decided it. */
function Ruling({ step }: { step: ExchangeStep }) {
  const t = useText();
  return (
    <div className="exchange-ruling">
      <p className="exchange-ruling-lead">
        {step.rule === null ? t('labs.exchange-view.picture.noRule') : t('labs.exchange-view.picture.rule')}
        {step.ref !== null && <cite>{step.ref}</cite>}
      </p>
      <p>{t(step.text)}</p>
    </div>
  );
}
