import { toHex } from '@/lib/bytes';
import { ACCEPT_GUID, type AcceptKeySteps } from '@/lib/protocols/websocket';
import { useText } from '@/lib/text';

/** From the key to the accept value, in three steps. */
export function AcceptSteps({ steps, now }: { steps: AcceptKeySteps; now: number | undefined }) {
  const t = useText();
  const key = steps.joined.slice(0, -ACCEPT_GUID.length);
  const rows = [
    { id: 'joined', value: [key, ACCEPT_GUID] },
    { id: 'digest', value: [toHex(steps.digest, ' ')] },
    { id: 'base64', value: [steps.accept] },
  ] as const;
  return (
    <section aria-label={t('accept.title')} className="ws-handshake-accept">
      <p className="ws-handshake-title">{t('accept.title')}</p>
      <dl>
        {rows.map(({ id, value }, index) => (
          <div key={id} data-now={now === index}>
            <dt>{t(`accept.${id}`)}</dt>
            <dd>
              {value.map((part, place) => (
                <code key={place} data-place={place}>
                  {part}
                </code>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
