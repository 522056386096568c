import { useText } from '@/lib/text';
import { Toggle } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import type { TcpTuningParams } from './lab';
import type { TcpTuningResult } from './run';

type Props = Pick<LabViewProps<TcpTuningParams, TcpTuningResult>, 'result' | 'setParams'>;

/** A switch a row, with what it saves alone and what it saves among the others as they are. */
export function Checklist({ result, setParams }: Props) {
  const t = useText();
  const most = Math.max(
    1,
    ...result.items.flatMap(({ aloneMs, hereMs }) => [Math.abs(aloneMs), Math.abs(hereMs)]),
  );
  return (
    <table className="tuning-checklist">
      <caption>{t('checklist.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('checklist.item')}</th>
          <th scope="col">{t('checklist.alone')}</th>
          <th scope="col">{t('checklist.here')}</th>
        </tr>
      </thead>
      <tbody>
        {result.items.map(({ id, on, aloneMs, hereMs }) => (
          <tr key={id} data-on={on}>
            <th scope="row">
              <Toggle
                label={t(`items.${id}`)}
                checked={on}
                onChange={(value) => setParams({ [id]: value })}
              />
            </th>
            <td>
              <Saving ms={aloneMs} most={most} />
            </td>
            <td>
              <Saving ms={hereMs} most={most} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Saving({ ms, most }: { ms: number; most: number }) {
  const t = useText();
  const whole = Math.round(ms);
  return (
    <span className="tuning-saving" data-cost={whole < 0}>
      <span>{t(whole < 0 ? 'checklist.costs' : 'checklist.saves', { ms: Math.abs(whole) })}</span>
      <span className="tuning-saving-bar" style={{ width: `${(Math.abs(ms) / most) * 100}%` }} />
    </span>
  );
}
