import { useMemo } from 'react';
import { useText } from '@/lib/text';
import { OctetGrid } from '@/lib/ui/octet-grid';
import type { Layer } from '../define-lab';
import { receivedOctets, type WireAnswer, type WireField, type WirePeer, type WireReading } from '../wire';
import { decodeAnswer, toBase64, type WireRequestJson } from '../wire/json';
import { endingOf, sentenceOf } from '../wire/sentences';

export { readByProtocol } from '../wire/read-by-protocol';

/** The wire said no; `status` is HTTP's. */
export class WireRefusal extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`/api/wire answered ${status}`);
    this.name = 'WireRefusal';
    this.status = status;
  }
}

/** Sends the octets through the app's own server. @throws WireRefusal, or TypeError without a network */
export async function ask(peer: WirePeer, parts: readonly Uint8Array[]): Promise<WireAnswer> {
  const body: WireRequestJson = { peer, parts: parts.map(toBase64) };
  // As text, which a sandboxed embed may send without asking first; a path alone would not do in its opaque origin.
  const response = await fetch(new URL('/api/wire', window.location.href), {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new WireRefusal(response.status);
  return decodeAnswer(await response.text());
}

type Props = { answer: WireAnswer; reading: WireReading; layer: Layer };

/** What came back: said in sentences, and octet by octet. */
export function WirePanel({ answer, reading, layer }: Props) {
  const t = useText();
  const octets = useMemo(() => receivedOctets(answer), [answer]);
  const said = [...reading.sentences, endingOf(answer)];
  return (
    <div className="lab-wire-answer">
      <ol className="lab-wire-sentences">
        {answer.understood.map((event, index) => (
          <li key={`understood ${index}`}>
            {t(sentenceOf(event))}
            {'fields' in event && <Fields fields={event.fields} />}
          </li>
        ))}
        {said.map((sentence, index) => (
          <li key={index}>{t(sentence)}</li>
        ))}
      </ol>
      {octets.length > 0 && (
        <div className="screen lab-wire-octets">
          <OctetGrid
            label={t('wire.octets', { octets: octets.length })}
            bytes={octets}
            spans={reading.spans}
            layer={layer}
            layout="dump"
            switchable
          />
        </div>
      )}
    </div>
  );
}

/** Fields as the peer's decoder gave them, octet for octet. */
function Fields({ fields }: { fields: readonly WireField[] }) {
  const t = useText();
  return (
    <ul className="lab-wire-fields">
      {fields.map(({ name, value, sensitive }, index) => (
        <li key={index}>
          <code>
            {name}: {value}
          </code>
          {sensitive && <em> {t('wire.neverIndexed')}</em>}
        </li>
      ))}
    </ul>
  );
}
