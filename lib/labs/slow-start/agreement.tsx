import { useText } from '@/lib/text';
import type { SlowStartResult } from './run';

const EQUAL_WITHIN = 1e-9;

/** The formula, the count and the measurement side by side: code that was written three times, on purpose. */
export function Agreement({ result, rttMs }: { result: SlowStartResult; rttMs: number }) {
  const t = useText();
  const { toOpen, total } = result;
  const tolerance = EQUAL_WITHIN * Math.max(1, total.measuredMs);
  const agree =
    Math.abs(total.roundsMs - total.measuredMs) <= tolerance &&
    (total.formulaMs === undefined || Math.abs(total.formulaMs - total.measuredMs) <= tolerance) &&
    toOpen.formula === toOpen.doubling &&
    (toOpen.measured === undefined || toOpen.measured === toOpen.formula);
  const rounds = (count: number) => t('agreement.rounds', { rounds: count, ms: count * rttMs });
  const ms = (value: number) => t('agreement.ms', { ms: value });
  return (
    <>
      <table className="slow-start-agreement lab-aside">
        <caption>{t('agreement.title')}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('agreement.formula')}</th>
            <th scope="col">{t('agreement.counted')}</th>
            <th scope="col">{t('agreement.measured')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('agreement.open')}</th>
            <td>{rounds(toOpen.formula)}</td>
            <td>{rounds(toOpen.doubling)}</td>
            <td>{toOpen.measured === undefined ? t('agreement.never') : rounds(toOpen.measured)}</td>
          </tr>
          <tr>
            <th scope="row">{t('agreement.total')}</th>
            <td>{total.formulaMs === undefined ? t('agreement.notCovered') : ms(total.formulaMs)}</td>
            <td>{ms(total.roundsMs)}</td>
            <td>{ms(total.measuredMs)}</td>
          </tr>
        </tbody>
      </table>
      <p className="slow-start-verdict lab-aside">{t(agree ? 'agreement.agree' : 'agreement.differ')}</p>
    </>
  );
}
