import { useState } from 'react';
import { useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import { offerToLearner, type AnswerOutcome } from '../live-peers';
import { ANSWER_STARTER } from './answer-starter';

const stage = { id: 'answer', starter: ANSWER_STARTER };

/** This browser makes an offer, the learner's createAnswer answers it, and the browser says what it thinks of that. */
export function LiveAnswer() {
  const t = useText();
  const [outcome, setOutcome] = useState<AnswerOutcome | 'running'>();
  const ask = async () => {
    if (outcome === 'running') return;
    setOutcome('running');
    setOutcome(await offerToLearner('sdp-exchange', stage));
  };
  const done = outcome === 'running' ? undefined : outcome;
  return (
    <div className="sdp-exchange-live">
      <p>{t('live.answer.lead')}</p>
      <p className="sdp-exchange-live-actions">
        <Button tone="primary" aria-disabled={outcome === 'running'} onClick={() => void ask()}>
          {t('live.answer.ask')}
        </Button>
      </p>
      <div role="status">
        {outcome === 'running' && t('live.answer.running')}
        {done && (
          <p className="sdp-exchange-verdict" data-outcome={done.status}>
            {!done.isOwn && `${t('live.answer.starter')} `}
            {done.status === 'accepted' && t('live.answer.accepted')}
            {done.status === 'refused' && t('live.answer.refused', { name: done.name })}
            {done.status === 'no-answer' && t('live.answer.none')}
          </p>
        )}
      </div>
      {done && 'message' in done && (
        <blockquote className="sdp-exchange-words">
          <code>{done.message}</code>
        </blockquote>
      )}
      {done && 'answer' in done && (
        <pre className="sdp-exchange-answer" tabIndex={0}>
          {done.answer}
        </pre>
      )}
    </div>
  );
}
