import { useMemo, useState } from 'react';
import { useText } from '@/lib/text';
import { Disclosure, Tabs } from '@/lib/ui/controls';
import { agreementOf, isRepeated, type AgreementRow, type Negotiation } from './agreement';

/** Offer and answer side by side, line by line, and what comes of each pair. */
export function Agreement({ negotiation }: { negotiation: Negotiation }) {
  const t = useText();
  const sections = useMemo(() => agreementOf(negotiation), [negotiation]);
  const [chosen, setChosen] = useState('0');
  const { offer, answer } = negotiation;
  const value = sections.some(({ id }) => id === chosen) ? chosen : 'session';
  const label = t('agreement.title', { peer: offer.from, other: offer.to });
  return (
    <div className="sdp-exchange-agreement">
      <p className="sdp-exchange-agreement-title">{label}</p>
      <p className="sdp-exchange-agreement-lead">
        {t(
          answer === undefined
            ? 'agreement.none'
            : answer.receivedAtMs === null
              ? 'agreement.lost'
              : 'agreement.lead',
          { peer: offer.from, other: offer.to },
        )}
      </p>
      <Tabs
        label={label}
        value={value}
        onChange={setChosen}
        tabs={sections.map(({ id, kind, mid, rows }) => ({
          id,
          label: kind === null ? t('agreement.session') : t('agreement.section', { kind, mid: mid ?? '' }),
          panel: <Rows rows={rows} negotiation={negotiation} />,
        }))}
      />
    </div>
  );
}

/** First what the answer decides or adds; behind it, what it only repeats. */
function Rows({ rows, negotiation }: { rows: readonly AgreementRow[]; negotiation: Negotiation }) {
  const t = useText();
  const { offer, answer } = negotiation;
  const list = (shown: readonly AgreementRow[]) => (
    <ul className="sdp-exchange-rows">
      {shown.map((row) => (
        <Row key={row.name} row={row} from={offer.from} to={offer.to} hasAnswer={answer !== undefined} />
      ))}
    </ul>
  );
  const repeated = rows.filter(isRepeated);
  return (
    <>
      {list(rows.filter((row) => !isRepeated(row)))}
      {repeated.length > 0 && (
        <Disclosure summary={t('agreement.repeated', { count: repeated.length })}>
          {() => list(repeated)}
        </Disclosure>
      )}
    </>
  );
}

function Row({
  row,
  from,
  to,
  hasAnswer,
}: {
  row: AgreementRow;
  from: string;
  to: string;
  hasAnswer: boolean;
}) {
  const t = useText();
  const key = `attributes.${row.name}`;
  return (
    <li data-changed={row.wasChanged}>
      <div className="sdp-exchange-lines">
        <Lines label={t('agreement.offered', { peer: from })} lines={row.offer} />
        <Lines label={t('agreement.answered', { peer: to })} lines={hasAnswer ? row.answer : undefined} />
      </div>
      <p>
        {t.has(`labs.sdp-exchange.${key}`) ? t(key) : t('attributes.other')}
        {row.wasChanged && <strong> {t('agreement.changed')}</strong>}
      </p>
    </li>
  );
}

function Lines({ label, lines }: { label: string; lines: readonly string[] | undefined }) {
  const t = useText();
  return (
    <div>
      <span className="sdp-exchange-who">{label}</span>
      {lines === undefined ? (
        <code className="sdp-exchange-silent">{t('agreement.noAnswer')}</code>
      ) : lines.length === 0 ? (
        <code className="sdp-exchange-silent">{t('agreement.silent')}</code>
      ) : (
        lines.map((line, index) => <code key={index}>{line}</code>)
      )}
    </div>
  );
}
