import { useText } from '@/lib/text';
import type { SlowStartResult } from './run';

const EQUAL_WITHIN_MS = 1e-6;

/** The formula, the count and the measurement side by side: code that was written three times, on purpose. */
export function Agreement({ result, rttMs }: { result: SlowStartResult; rttMs: number }) {
  const t = useText();
  const { toOpen, computed, measured } = result;
  const agree =
    Math.abs(computed.totalMs - measured.totalMs) <= EQUAL_WITHIN_MS * Math.max(1, measured.totalMs);
  const rounds = (count: number) => t('agreement.rounds', { rounds: count, ms: count * rttMs });
  const ms = (value: number) => t('agreement.ms', { ms: value });
  return (
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
          <td>{rounds(toOpen.formulaRounds)}</td>
          <td>{toOpen.measuredMs === undefined ? t('agreement.never') : rounds(toOpen.countedRounds)}</td>
          <td>{toOpen.measuredMs === undefined ? t('agreement.never') : ms(toOpen.measuredMs)}</td>
        </tr>
        <tr>
          <th scope="row">{t('agreement.total')}</th>
          <td>{ms(computed.totalMs)}</td>
          <td>{ms(result.rounds.at(-1)?.arrivedMs ?? 0)}</td>
          <td>
            {ms(measured.totalMs)} {t(agree ? 'agreement.agree' : 'agreement.differ')}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
