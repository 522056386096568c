import { useText } from '@/lib/text';
import type { HandshakeProblem, HeadLine } from './run';

type Props = {
  part: 'request' | 'response';
  lines: readonly HeadLine[];
  problems: readonly HandshakeProblem[];
  now: number | undefined;
};

/** A head line by line, each with what it is for; a line at fault with the rule that it breaks. */
export function HeadLines({ part, lines, problems, now }: Props) {
  const t = useText();
  const missing = problems.filter((problem) => !lines.some((line) => line.problem === problem));
  return (
    <ol className="ws-handshake-lines">
      {lines.map(({ id, text, problem }, index) => (
        <li key={index} data-wrong={problem !== undefined} data-now={index === now}>
          <code>{text}</code>
          <span>
            {problem ? <ProblemText problem={problem} /> : t(`lines.${part}.${id}`, { value: 'none' })}
          </span>
        </li>
      ))}
      {missing.map((problem) => (
        <li key={problem.code} data-wrong>
          <code aria-hidden="true">–</code>
          <span>
            <ProblemText problem={problem} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function ProblemText({ problem }: { problem: HandshakeProblem }) {
  const t = useText();
  return (
    <>
      {t(problem.text)} <span>{problem.ref}</span>
    </>
  );
}
