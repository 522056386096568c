import { useText } from '@/lib/text';
import type { WsFrameParams } from './params';
import type { WsFrameResult } from './run';

/** How large it is, and what the other end does: reads, waits, or fails the connection with a code. */
export function Verdict({ params, result }: { params: WsFrameParams; result: WsFrameResult }) {
  const t = useText();
  const { octets, problem, frames, reading } = result;
  const [frame] = frames;
  const payload = frame?.length ?? 0;
  const isWhole = frames.length === 1 && !problem && result.missing === 0;
  const outcome = reading.filter(({ from, to, text }) => from === to && text !== problem?.text);
  return (
    <div className="lab-verdict">
      <p className="ws-frame-count">
        {isWhole
          ? t('verdict.frame', {
              n: octets.length,
              header: octets.length - payload,
              payload,
              from: params.from,
            })
          : t('verdict.octets', { n: octets.length, frames: frames.length })}
      </p>
      <div role="status">
        {problem && (
          <p className="lab-fails">
            <span className="font-mono">
              {t('verdict.problem', { code: problem.code, offset: problem.offset })}
            </span>{' '}
            {t(problem.text)} {problem.ref && <span className="lab-source">{problem.ref}</span>}
          </p>
        )}
        {outcome.map(({ text }, index) => (
          <p
            key={index}
            className={problem?.closeCode && index === outcome.length - 1 ? 'lab-fails' : 'lab-holds'}
          >
            {t(text)}
          </p>
        ))}
      </div>
    </div>
  );
}
