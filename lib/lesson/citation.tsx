import { LessonError, type LessonContext } from './context';

export type RfcProps = {
  n: number;
  /** The section: "3.1", "A.2". */
  s?: string;
  source?: string;
};

/** "RFC 5681 §3.1", linked to its text. Nothing is fetched: it is a link the reader may follow. */
export function createRfc({ t }: Pick<LessonContext, 't'>) {
  return function Rfc({ n, s, source }: RfcProps) {
    if (!Number.isInteger(n) || n < 1) throw new LessonError(source, `<Rfc> has no RFC number: ${String(n)}`);
    return (
      <a className="citation" href={rfcAddress(n, s)}>
        {s === undefined
          ? t('lesson.rfc.whole', { n: String(n) })
          : t('lesson.rfc.section', { n: String(n), s })}
      </a>
    );
  };
}

/** A source as corrections.yaml writes it; one that names an RFC becomes a link. */
export function SourceText({ text }: { text: string }) {
  const rfc = /^RFC (\d+)(?: §([\w.]+))?/.exec(text);
  if (!rfc) return <cite className="citation">{text}</cite>;
  return (
    <a className="citation" href={rfcAddress(Number(rfc[1]), rfc[2])}>
      {text}
    </a>
  );
}

export function rfcAddress(n: number, section?: string): string {
  const fragment =
    section === undefined ? '' : `#${/^[A-Z]/.test(section) ? 'appendix' : 'section'}-${section}`;
  return `https://www.rfc-editor.org/rfc/rfc${n}${fragment}`;
}
