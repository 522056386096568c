import { useText } from '@/lib/text';
import { classNames } from '@/lib/ui/class-names';
import { Disclosure } from '@/lib/ui/controls';
import type { AnsweredSection } from './answerer';
import type { SdpResult } from './run';
import { outcomeText } from './steps';

type Props = {
  result: SdpResult;
  /** The lines are still being read: the place is kept. */
  isPending: boolean;
  onOpen(line: number): void;
};

/** What the changes mean, what is wrong, and what the other side makes of it. */
export function Verdict({ result, isPending, onOpen }: Props) {
  const t = useText();
  const { problems, changes, outcome, text, baseline } = result;
  const isGood = outcome.kind === 'answered' && outcome.sections.some(({ isAccepted }) => isAccepted);
  return (
    <div className={classNames('sdp-verdict', isPending && 'sdp-pending')}>
      {outcome.kind !== 'unreadable' && text !== baseline && (
        <section>
          <p className="sdp-title">{t('verdict.changes')}</p>
          <ul className="sdp-changes">
            {changes.length === 0 && <li>{t('verdict.same')}</li>}
            {changes.map((change, i) => (
              <li key={i}>
                {t(change.text)} <span className="sdp-ref">{change.ref}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <p className="sdp-title">{t('verdict.outcome')}</p>
        <p role="status" className={isGood ? 'sdp-good' : 'sdp-bad'}>
          {t(outcomeText(outcome))}
        </p>
        {outcome.kind === 'answered' && (
          <>
            <ul className="sdp-answered">
              {outcome.sections.map((section, i) => (
                <li key={i}>
                  <strong>
                    {t('verdict.section', {
                      media: section.media,
                      isAccepted: section.isAccepted ? 'yes' : 'no',
                    })}
                    .
                  </strong>{' '}
                  {t(sectionText(section))}
                </li>
              ))}
            </ul>
            <Disclosure summary={t('verdict.answer')}>
              <pre className="sdp-text">{outcome.answer}</pre>
            </Disclosure>
          </>
        )}
      </section>
      {outcome.kind !== 'unreadable' && (
        <section>
          <p className="sdp-title">{t('verdict.problems')}</p>
          {problems.length === 0 ? (
            <p className="sdp-good">{t('verdict.none')}</p>
          ) : (
            <ul className="sdp-problems">
              {problems.map(({ code, severity, line, seen, expected, ref }, i) => (
                <li key={i} className={`sdp-${severity}`}>
                  {t(`problems.${code}`, { line, seen, expected })}{' '}
                  <span className="sdp-ref">
                    {t(`verdict.severity.${severity}`)}, {ref}
                  </span>{' '}
                  <button type="button" className="sdp-jump" onClick={() => onOpen(line)}>
                    {t('verdict.problemAt', { line })}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  );
}

function sectionText({ isAccepted, media, direction, codec, isBundled }: AnsweredSection) {
  if (!isAccepted) return { key: 'verdict.refusedSection' };
  const values = { direction, codec, isBundled: isBundled ? 'yes' : 'no' };
  return { key: media === 'application' ? 'verdict.data' : 'verdict.rtp', values };
}
