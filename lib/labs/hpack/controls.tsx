import { useText } from '@/lib/text';
import { Choice, NumberField, Slider } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { HpackParams } from './lab';
import { MAX_TABLE } from './parse-lists';
import { recordings } from './recordings';
import type { HpackResult } from './run';

type Props = Pick<LabViewProps<HpackParams, HpackResult>, 'params' | 'setParams' | 'result'>;

const sources = ['polling', 'page', 'client', 'own', 'octets'] as const;

/** What is sent, and with which table and code. */
export function Controls({ params, setParams, result }: Props) {
  const t = useText();
  const { source, count, tableSize, huffman, skipped } = params;
  const recorded = source === 'own' || source === 'octets' ? undefined : recordings[source].length;
  return (
    <>
      <Choice
        label={t('labels.source')}
        value={source}
        options={sources.map((id) => ({ id, label: t(`sources.${id}.name`) }))}
        onChange={(id) => setParams({ source: id })}
      />
      <p className="hpack-note">{t(`sources.${source}.about`)}</p>
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
        <Slider
          label={t('labels.tableSize')}
          value={tableSize}
          onChange={(value) => setParams({ tableSize: value })}
          min={0}
          max={MAX_TABLE}
          unit={t('units.octets')}
          marks={[0, 1024, MAX_TABLE].map((value) => ({ value, label: String(value) }))}
        />
        {source !== 'octets' && (
          <>
            <Choice
              label={t('labels.huffman')}
              value={huffman}
              options={(['auto', 'always', 'never'] as const).map((id) => ({
                id,
                label: t(`huffman.${id}`),
              }))}
              onChange={(id) => setParams({ huffman: id })}
            />
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
