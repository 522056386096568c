import { useMemo, useState } from 'react';
import { useText } from '@/lib/text';
import { Choice } from '@/lib/ui/controls';
import { SequenceLadder } from '@/lib/ui/sequence-ladder';
import { ladderMessages, segmentOfArrow } from './ladder-messages';
import { MAX_LOST, type CongestionParams } from './params';
import type { CongestionResult } from './run';

type Props = {
  params: CongestionParams;
  setParams(change: Partial<CongestionParams>): void;
  result: CongestionResult;
  nowMs: number | undefined;
};

/** A short transfer segment by segment; choosing a segment offers to lose it. */
export function Anatomy({ params, setParams, result, nowMs }: Props) {
  const t = useText();
  const [chosen, setChosen] = useState('A');
  const flow = result.flows.find(({ letter }) => letter === chosen) ?? result.flows[0];
  const ladder = useMemo(() => (flow ? ladderMessages(flow, t) : undefined), [flow, t]);
  if (!flow || !ladder) return null;
  const lost = params.losses === 'scripted' ? params.lose : [];
  return (
    <div>
      {result.flows.length > 1 ? (
        <Choice
          label={t('ladder.flow')}
          value={flow.letter}
          options={result.flows.map(({ letter, algorithm }) => ({
            id: letter,
            label: t('flow.named', { flow: letter, algorithm }),
          }))}
          onChange={setChosen}
        />
      ) : null}
      <SequenceLadder
        label={t('ladder.label', { flow: flow.letter })}
        actors={[
          { id: 'sender', label: t('ladder.sender') },
          { id: 'receiver', label: t('ladder.receiver') },
        ]}
        messages={ladder.messages}
        nowMs={nowMs}
        height={Math.max(420, ladder.messages.length * 13)}
        compressGapsOverMs={4 * flow.rttMs}
        actions={({ id }) => {
          const segment = segmentOfArrow(id);
          if (segment === undefined) return [];
          if (lost.includes(segment)) return [{ id: 'keep', label: t('ladder.keep', { segment }) }];
          return lost.length < MAX_LOST ? [{ id: 'lose', label: t('ladder.lose', { segment }) }] : [];
        }}
        onAction={(id, action) => {
          const segment = segmentOfArrow(id);
          if (segment === undefined) return;
          const lose = action === 'lose' ? [...lost, segment] : lost.filter((n) => n !== segment);
          setParams({ losses: 'scripted', lose: lose.sort((a, b) => a - b) });
        }}
        listHidden
      />
      {ladder.isPart ? <p className="congestion-note">{t('ladder.part')}</p> : null}
    </div>
  );
}
