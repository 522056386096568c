import type { HeaderField } from '@/lib/protocols/hpack';
import { useText } from '@/lib/text';
import { shown } from './parse-lists';
import type { HpackResult, Moment } from './run';

type Props = { result: HpackResult; moment: Moment };

/** Whether this block was read as it was sent, and which rule a wrong octet breaks. */
export function Verdict({ result, moment }: Props) {
  const t = useText();
  const { blocks, differSince, showsIn } = result;
  const block = blocks[moment.block];
  if (!block) return null;
  const { problem, isSkipped, sent, received } = block;
  const misread = received && sent.length > 0 ? pairsOf(sent, received) : [];
  const differs = differSince !== undefined && moment.block >= differSince;
  return (
    <div role="status" className="hpack-verdict">
      {problem && (
        <p className="lab-fails">
          <span className="font-mono">
            {t('verdict.problem', { code: problem.code, offset: problem.offset })}
          </span>{' '}
          {t(problem.text)} <span className="lab-source">{problem.rule}</span>
        </p>
      )}
      {isSkipped && <p className="lab-fails">{t('verdict.skipped', { block: moment.block + 1 })}</p>}
      {misread.length > 0 && (
        <>
          <p className="lab-fails">{t('verdict.misread', { count: misread.length })}</p>
          <ul className="hpack-misread">
            {misread.slice(0, 6).map(([was, is], i) => (
              <li key={i}>
                <del>{was}</del> <ins>{is}</ins>
              </li>
            ))}
          </ul>
        </>
      )}
      {!problem && !isSkipped && misread.length === 0 && (
        <p className="lab-holds">
          {t(sent.length > 0 ? 'verdict.same' : 'verdict.read', { fields: received?.length ?? 0 })}
        </p>
      )}
      {differs && !problem && (
        <p>
          {t('verdict.differ', { since: differSince + 1, shows: showsIn === undefined ? 0 : showsIn + 1 })}
        </p>
      )}
    </div>
  );
}

/** Fields that came as others, each as text before and after. */
function pairsOf(sent: readonly HeaderField[], received: readonly HeaderField[]): [string, string][] {
  const text = (field: HeaderField | undefined) =>
    field ? `${shown(field.name)}: ${shown(field.value)}` : '';
  const length = Math.max(sent.length, received.length);
  return Array.from({ length }, (_, i): [string, string] => [text(sent[i]), text(received[i])]).filter(
    ([was, is]) => was !== is,
  );
}
