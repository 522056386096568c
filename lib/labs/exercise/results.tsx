import { writeValue, type Json } from '@/lib/runner';
import { useText } from '@/lib/text';
import { Sign } from '@/lib/ui/controls';
import type { Attempt } from './use-exercise';

/** How an attempt went: what stopped it, or for each input what was expected and what came; then the console. */
export function Results({ attempt, stage }: { attempt: Attempt; stage: string }) {
  const t = useText();
  const { report, judgement } = attempt;
  const passed = judgement.checks.filter((check) => check.passed).length;
  const { mistake } = judgement;
  const mistakeKey = ['mistakes', 'hints'].map((kind) => `exercise.${stage}.${kind}.${mistake}`).find(t.has);
  return (
    <div className="exercise-results">
      <div role="status">
        {report.status === 'stopped' ? (
          <p className="exercise-verdict" data-passed={false}>
            <strong>{t('exercise.verdict.stopped')}</strong>{' '}
            {t(`exercise.stopped.${report.code}`, { message: report.message })}
            {report.line !== undefined && ` ${t('exercise.line', { line: report.line })}`}
            <code className="exercise-code">{report.code}</code>
          </p>
        ) : (
          <p className="exercise-verdict" data-passed={judgement.passed}>
            <strong>{t(judgement.passed ? 'exercise.verdict.passed' : 'exercise.verdict.failed')}</strong>{' '}
            {t('exercise.verdict.count', { passed, all: judgement.checks.length })}
          </p>
        )}
        {mistake !== undefined && mistakeKey && <p className="exercise-mistake">{t(mistakeKey)}</p>}
      </div>
      {report.status === 'finished' && (
        <div className="exercise-table-scroll">
          <table className="exercise-table">
            <caption className="sr-only">{t('exercise.table.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('exercise.table.call')}</th>
                <th scope="col">{t('exercise.table.expected')}</th>
                <th scope="col">{t('exercise.table.actual')}</th>
                <th scope="col">{t('exercise.table.result')}</th>
              </tr>
            </thead>
            <tbody>
              {judgement.checks.map((check) => (
                <tr key={check.id} data-passed={check.passed}>
                  <th scope="row">
                    {check.args.some(isLong) ? (
                      <>
                        <code>{`${check.fn}(…)`}</code>
                        {check.args.map((arg, index) => (
                          <Value key={index} value={arg} />
                        ))}
                      </>
                    ) : (
                      <code>{`${check.fn}(${check.args.map(writeValue).join(', ')})`}</code>
                    )}
                  </th>
                  <td>
                    <Value value={check.expected} />
                    {check.isOneOfMany && <p className="exercise-aside">{t('exercise.table.oneOfMany')}</p>}
                  </td>
                  <td>
                    {check.error ? (
                      <>
                        {t('exercise.table.threw')} <code>{errorText(check.error)}</code>
                        {check.error.line !== undefined &&
                          ` ${t('exercise.line', { line: check.error.line })}`}
                      </>
                    ) : (
                      <Value value={check.actual} />
                    )}
                  </td>
                  <td className="exercise-mark">
                    <Sign of={check.passed ? 'check' : 'cross'} />{' '}
                    {t(check.passed ? 'exercise.table.ok' : 'exercise.table.off')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {report.console.length > 0 && (
        <section aria-label={t('exercise.console')}>
          <h4 className="exercise-label">{t('exercise.console')}</h4>
          {/* A region that scrolls has to be reachable from the keyboard. */}
          <pre className="exercise-console screen" tabIndex={0}>
            {report.console.join('\n')}
          </pre>
        </section>
      )}
    </div>
  );
}

/** A value of several lines is folded away behind how many there are. */
function Value({ value }: { value: Json | undefined }) {
  const t = useText();
  if (value === undefined) return <code>–</code>;
  if (!isLong(value)) return <code>{writeValue(value)}</code>;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <details className="exercise-long">
      <summary>{t('exercise.table.lines', { lines: text.trimEnd().split('\n').length })}</summary>
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}

const isLong = (value: Json) =>
  typeof value === 'string' ? value.includes('\n') : writeValue(value).length > 120;

const errorText = ({ name, message }: { name: string; message: string }) =>
  [name, message].filter(Boolean).join(': ');
