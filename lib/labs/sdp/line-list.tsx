import { useEffect, useRef } from 'react';
import { useText } from '@/lib/text';
import { classNames } from '@/lib/ui/class-names';
import { Button } from '@/lib/ui/controls';
import { withLineRestored } from './edits';
import { LineEditor, LineParts } from './line-editor';
import type { OfferLine, SdpResult } from './run';

type Props = {
  result: SdpResult;
  /** Number of the line that is opened; 0 for none. */
  opened: number;
  /** Lines after this one have not been read yet. */
  readUpTo: number;
  /** The run goes through the lines: they are told, and not edited. */
  isReading: boolean;
  onOpen(line: number): void;
  setText(text: string, line?: number): void;
};

/** The offer in its sections, each line with its sentence beside or below it. */
export function LineList(props: Props) {
  const { result, opened } = props;
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const sections = sectionsOf(result.lines);
  const tabStop = opened > 0 ? opened : 1;

  // What is read is kept in view, by scrolling the list and never the page.
  useEffect(() => {
    const line = box.current?.querySelector<HTMLElement>('[data-opened="true"]');
    if (!box.current || !line) return;
    const [top, bottom] = [line.offsetTop, line.offsetTop + line.offsetHeight];
    const { scrollTop, clientHeight } = box.current;
    if (top < scrollTop) box.current.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) box.current.scrollTop = Math.min(top, bottom - clientHeight);
  }, [opened]);

  const move = (key: string, from: number): boolean => {
    const count = result.lines.filter(({ number }) => number > 0).length;
    const to = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 1, End: count }[key];
    if (to === undefined) return false;
    const target = Math.min(count, Math.max(1, to));
    box.current?.querySelector<HTMLButtonElement>(`[data-line="${target}"]`)?.focus();
    return true;
  };

  return (
    <div ref={box} className="sdp-lines" role="group" aria-label={t('labels.lines')}>
      {sections.map(({ section, lines }) => (
        <div key={section} role="group" aria-label={sectionName(result, section, t)}>
          <p className="sdp-section-name">
            <span>{sectionName(result, section, t)}</span>
            <span className="sdp-count">
              {t('sections.lines', { n: lines.filter(({ line }) => line.number > 0).length })}
            </span>
          </p>
          <ol>
            {lines.map(({ line, index }) =>
              line.number === 0 ? (
                <li key={`removed ${index}`} className="sdp-line sdp-removed">
                  <del aria-label={`${t('labels.removedLine')}: ${line.text}`}>{line.text}</del>
                  <Button
                    tone="bare"
                    onClick={() => props.setText(withLineRestored(result.text, result.lines, index))}
                  >
                    {t('labels.restore')}
                  </Button>
                </li>
              ) : (
                <Line
                  key={line.number}
                  {...props}
                  line={line}
                  isTabStop={line.number === tabStop}
                  onKey={(key) => move(key, line.number)}
                />
              ),
            )}
          </ol>
        </div>
      ))}
    </div>
  );
}

type LineProps = Props & { line: OfferLine; isTabStop: boolean; onKey(key: string): boolean };

function Line({ line, opened, readUpTo, isReading, isTabStop, onKey, onOpen, result, setText }: LineProps) {
  const t = useText();
  const isOpened = line.number === opened;
  const problems = result.problems.filter((problem) => problem.line === line.number);
  const { outcome } = result;
  const isUnreadable = outcome.kind === 'unreadable' && outcome.line === line.number;
  const worst =
    isUnreadable || problems.some(({ severity }) => severity === 'error')
      ? 'error'
      : problems.length > 0
        ? 'warning'
        : undefined;
  return (
    <li
      className={classNames(
        'sdp-line',
        line.status === 'added' && 'sdp-added',
        worst && `sdp-${worst}`,
        isOpened && 'sdp-opened',
        line.number > readUpTo && 'sdp-unread',
      )}
      data-opened={isOpened}
    >
      <button
        type="button"
        data-line={line.number}
        tabIndex={isTabStop ? 0 : -1}
        aria-expanded={isOpened}
        onClick={() => onOpen(isOpened ? 0 : line.number)}
        onKeyDown={(event) => {
          if (onKey(event.key)) event.preventDefault();
        }}
      >
        <span className="sdp-number" aria-hidden="true">
          {line.number}
        </span>
        <code>{line.text}</code>
      </button>
      <p className="sdp-said">{t(line.said)}</p>
      {isOpened && <LineParts line={line} />}
      {isOpened && !isReading && <LineEditor line={line} result={result} setText={setText} />}
    </li>
  );
}

type Section = { section: number; lines: { line: OfferLine; index: number }[] };

function sectionsOf(lines: readonly OfferLine[]): Section[] {
  const sections: Section[] = [];
  lines.forEach((line, index) => {
    const last = sections.at(-1);
    if (last?.section === line.section) last.lines.push({ line, index });
    else sections.push({ section: line.section, lines: [{ line, index }] });
  });
  return sections;
}

function sectionName({ offer, readings }: SdpResult, section: number, t: ReturnType<typeof useText>): string {
  const media = offer?.media[section]?.media;
  if (section < 0 || media === undefined) return t('sections.session');
  return t('sections.media', { media, mid: readings[section]?.mid ?? 'none' });
}
