import { useText } from '@/lib/text';
import type { SlowStartParams } from './lab';
import type { SlowStartResult } from './run';

const EQUAL_WITHIN = 1e-9;

/** The formula, the count and the measurement, one below the other: code that was written three times, on purpose. */
export function Agreement({ result, params }: { result: SlowStartResult; params: SlowStartParams }) {
  const t = useText();
  const { toOpen, total } = result;
  const isRated = params.bandwidthMbps > 0;
  const tolerance = EQUAL_WITHIN * Math.max(1, total.measuredMs);
  const agree =
    Math.abs(total.roundsMs - total.measuredMs) <= tolerance &&
    (total.formulaMs === undefined || Math.abs(total.formulaMs - total.measuredMs) <= tolerance) &&
    toOpen.formula === toOpen.doubling &&
    toOpen.measured === toOpen.formula;
  const rounds = (count: number) => t('agreement.rounds', { rounds: count, ms: count * params.rttMs });
  const ms = (value: number) => t('agreement.ms', { ms: value });
  return (
    <>
      <table className="slow-start-agreement lab-aside">
        <caption>{t('agreement.title')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('agreement.open')}</th>
            <th scope="col">{t('agreement.total')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('agreement.formula')}</th>
            <td>{rounds(toOpen.formula)}</td>
            <td>
              {total.formulaMs === undefined
                ? t(isRated ? 'agreement.notCovered' : 'agreement.notLimited')
                : ms(total.formulaMs)}
            </td>
          </tr>
          <tr>
            <th scope="row">{t('agreement.counted')}</th>
            <td>{rounds(toOpen.doubling)}</td>
            <td>{ms(total.roundsMs)}</td>
          </tr>
          <tr>
            <th scope="row">{t('agreement.measured')}</th>
            <td>{rounds(toOpen.measured)}</td>
            <td>{ms(total.measuredMs)}</td>
          </tr>
        </tbody>
      </table>
      <p className="slow-start-verdict lab-aside">{t(agree ? 'agreement.agree' : 'agreement.differ')}</p>
    </>
  );
}
