import { useState } from 'react';
import { useText } from '@/lib/text';
import { Button, TextField } from '@/lib/ui/controls';
import { ParamChoice, ParamNumber, ParamSlider } from '../param-fields';
import { MAX_LOST, type CongestionParams } from './params';

type Props = { params: CongestionParams; setParams(change: Partial<CongestionParams>): void };

const MAX_SEGMENT = 20_000;

/** What is lost beside what the queue drops: nothing, segments by number, or any by chance. */
export function LossScript(props: Props) {
  const { params, setParams } = props;
  const t = useText();
  const [draft, setDraft] = useState('');
  const { losses, lose, segments } = params;
  // What was typed stands until the list changes from elsewhere.
  const text = numbersOf(draft).join() === lose.join() ? draft : lose.join(', ');
  const read = (typed: string) => {
    setDraft(typed);
    setParams({ lose: numbersOf(typed) });
  };
  const last = segments > 0 ? segments : 100;
  const middle = Math.max(1, Math.round(last * 0.6));
  return (
    <div className="lab-controls congestion-losses">
      <ParamChoice of={props} name="losses" options={['none', 'scripted', 'random']} />
      {losses === 'scripted' ? (
        <>
          <TextField
            label={t('labels.lose')}
            value={text}
            onChange={read}
            mono
            maxLength={80}
            hint={t('labels.loseHint')}
          />
          <div className="congestion-quick">
            <Button onClick={() => setParams({ lose: [middle] })}>{t('labels.loseOne')}</Button>
            <Button onClick={() => setParams({ lose: [middle, middle + 2] })}>{t('labels.loseTwo')}</Button>
            {segments > 0 ? (
              <Button onClick={() => setParams({ lose: [segments] })}>{t('labels.loseLast')}</Button>
            ) : null}
          </div>
        </>
      ) : null}
      {losses === 'random' ? (
        <>
          <ParamSlider of={props} name="lossPercent" min={0} max={10} step={0.1} unit="percent" />
          <ParamNumber of={props} name="seed" min={1} max={999} step={1} />
        </>
      ) : null}
    </div>
  );
}

function numbersOf(text: string): number[] {
  const numbers = text
    .split(/[^0-9]+/)
    .filter(Boolean)
    .map(Number);
  return numbers.filter((number) => number >= 1 && number <= MAX_SEGMENT).slice(0, MAX_LOST);
}
