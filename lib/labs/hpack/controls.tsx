import { useText } from '@/lib/text';
import { NumberField, Slider } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { ParamChoice, ParamSlider } from '../param-fields';
import type { HpackParams } from './lab';
import { MAX_TABLE } from './parse-lists';
import { recordings } from './recordings';
import type { HpackResult } from './run';

type Props = Pick<LabViewProps<HpackParams, HpackResult>, 'params' | 'setParams' | 'result'>;

/** What is sent, and with which table and code. */
export function Controls(props: Props) {
  const { params, setParams, result } = props;
  const t = useText();
  const { source, count, skipped } = params;
  const recorded = source === 'own' || source === 'octets' ? undefined : recordings[source].length;
  return (
    <>
      <ParamChoice of={props} name="source" options={['polling', 'page', 'client', 'own', 'octets']} />
      <p className="lab-note">{t(`sources.${source}`)}</p>
      <div className="lab-controls">
        {recorded !== undefined && (
          <Slider
            label={t('labels.count')}
            value={Math.min(count, recorded)}
            onChange={(value) => setParams({ count: value })}
            min={1}
            max={recorded}
          />
        )}
        <ParamSlider
          of={props}
          name="tableSize"
          min={0}
          max={MAX_TABLE}
          unit="octets"
          marks={[0, 1024, MAX_TABLE].map((value) => ({ value, label: String(value) }))}
        />
        {source !== 'octets' && (
          <>
            <ParamChoice of={props} name="huffman" options={['auto', 'always', 'never']} />
            <NumberField
              label={t('labels.skipped')}
              value={Math.min(skipped, result.blocks.length)}
              min={0}
              max={result.blocks.length}
              onChange={(value) => setParams({ skipped: value })}
            />
          </>
        )}
      </div>
    </>
  );
}
