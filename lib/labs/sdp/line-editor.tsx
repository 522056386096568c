import { useText } from '@/lib/text';
import { Button, TextField } from '@/lib/ui/controls';
import { withLine, withLineBelow, withLineMoved, withoutLine } from './edits';
import { outcomeText } from './steps';
import type { OfferLine, SdpResult } from './run';

type Props = { line: OfferLine; result: SdpResult; setText(text: string, line?: number): void };

/** What the opened line is made of, and where that is written. */
export function LineParts({ line }: Pick<Props, 'line'>) {
  return (
    <div className="sdp-editor">
      <dl className="sdp-parts">
        {line.parts.map(({ name, text }, i) => (
          <div key={i}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="sdp-ref">{line.ref}</p>
    </div>
  );
}

/** What is wrong with the opened line, and how to change it. */
export function LineEditor({ line, result, setText }: Props) {
  const t = useText();
  const { number } = line;
  const { text, outcome } = result;
  const problems = result.problems.filter((problem) => problem.line === number);
  const unreadable =
    outcome.kind === 'unreadable' && outcome.line === number ? t(outcomeText(outcome)) : undefined;
  const wrong =
    unreadable ??
    problems
      .map(({ code, seen, expected }) => t(`problems.${code}`, { line: number, seen, expected }))
      .join(' ');
  return (
    <div className="sdp-editor">
      <TextField
        mono
        label={t('labels.edit')}
        value={line.text}
        hint={t('labels.editHint')}
        error={wrong === '' ? undefined : wrong}
        maxLength={1_000}
        onChange={(value) => setText(withLine(text, number, value))}
      />
      <div className="sdp-buttons">
        <Button onClick={() => setText(withoutLine(text, number), 0)}>{t('labels.remove')}</Button>
        <Button onClick={() => setText(withLineBelow(text, number, 'a='), number + 1)}>
          {t('labels.below')}
        </Button>
        <Button disabled={number === 1} onClick={() => setText(withLineMoved(text, number, -1), number - 1)}>
          {t('labels.up')}
        </Button>
        <Button onClick={() => setText(withLineMoved(text, number, 1), number + 1)}>
          {t('labels.down')}
        </Button>
      </div>
    </div>
  );
}
