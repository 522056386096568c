import { useText } from '@/lib/text';
import { Disclosure } from '@/lib/ui/controls';
import type { Truth } from '../define-lab';

/** What in this lab is the protocol itself, and what is left out, why, and where to read the rest. */
export function TruthPanel({ truth }: { truth: Truth }) {
  const t = useText();
  return (
    <Disclosure summary={t('labFrame.truth.title')}>
      <div className="lab-truth">
        <p className="lab-part-title">{t('labFrame.truth.real')}</p>
        <ul>
          {truth.real.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        <p className="lab-part-title">{t('labFrame.truth.simplified')}</p>
        <ul>
          {truth.simplified.map(({ what, why, ref }) => (
            <li key={what}>
              {t(what)} {t(why)} <cite>{ref}</cite>
            </li>
          ))}
        </ul>
      </div>
    </Disclosure>
  );
}
