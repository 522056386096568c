import { useText } from '@/lib/text';
import { classNames } from '@/lib/ui/class-names';
import { characterOf } from './masking';
import { hex } from './reading';
import type { WsFrameResult } from './run';

const KEY_NAMES = ['A', 'B', 'C', 'D'] as const;

/** The mask, octet by octet: what goes over the wire, the octet of the key whose turn it is, what comes out. */
export function MaskStrip({ result, octet }: { result: WsFrameResult; octet: number | undefined }) {
  const t = useText();
  const { masking, frames } = result;
  if (masking.length === 0) {
    const isPlain = frames.some(({ masked, length = 0 }) => masked === false && length > 0);
    return isPlain ? <p className="lab-note">{t('strip.plain')}</p> : null;
  }
  return (
    <div className="ws-frame-strip">
      <p className="ws-frame-strip-title">{t('strip.title')}</p>
      <div className="ws-frame-strip-scroll" role="group" tabIndex={0} aria-label={t('strip.title')}>
        <table>
          <tbody>
            {(['wire', 'key', 'plain', 'character'] as const).map((row) => (
              <tr key={row} data-row={row}>
                <th scope="row">{t(`strip.rows.${row}`)}</th>
                {masking.map((one) => (
                  <td
                    key={one.index}
                    data-key={one.index % 4}
                    className={classNames(octet === one.index && 'ws-frame-now')}
                  >
                    {row === 'character' ? characterOf(one.plain) : hex(one[row])}
                    {row === 'key' && <sub>{KEY_NAMES[one.index % 4]}</sub>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="lab-note">{t('strip.note')}</p>
    </div>
  );
}
