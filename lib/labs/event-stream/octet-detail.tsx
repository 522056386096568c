import { useText } from '@/lib/text';
import type { Meaning } from './meanings';
import { glyphOf } from './octet-lines';

type Props = { octet: number | undefined; at: number; meaning: Meaning | undefined };

/** One octet: its bits, what it is and of what, and who says so. Keeps its height while there is none. */
export function OctetDetail({ octet, at, meaning }: Props) {
  const t = useText();
  if (octet === undefined || !meaning) return <p className="event-stream-detail">{t('picture.choose')}</p>;
  const bits = octet
    .toString(2)
    .padStart(8, '0')
    .replace(/(.{4})/, '$1 ');
  const values = { at, hex: octet.toString(16).padStart(2, '0'), bits, glyph: glyphOf(octet) };
  return (
    <div className="event-stream-detail">
      <p className="font-mono">{t('picture.where', values)}</p>
      <p>
        <b>{meaning.path.map((name) => t(`spans.${name}`)).join(' › ')}</b>
        {meaning.ref !== '' && <span className="event-stream-ref"> {meaning.ref}</span>}
      </p>
      <p>{meaning.note !== '' && t.has(`notes.${meaning.note}`) ? t(`notes.${meaning.note}`) : ''}</p>
    </div>
  );
}
