import { useText } from '@/lib/text';
import type { ShownField } from './told';

/** On the wire, in any language. */
const REQUEST_LINE = 'GET /news';

/** A request as the server got it; the field that matters is marked. */
export function RequestCard({ title, fields }: { title: string; fields: readonly ShownField[] }) {
  const t = useText();
  const hasId = fields.some(({ name }) => name.toLowerCase() === 'last-event-id');
  return (
    <div className="sse-live-request">
      <p className="sse-live-heading">{title}</p>
      <pre className="font-mono">
        {REQUEST_LINE}
        {fields.map(({ name, value }) => (
          <span key={name} data-marked={name.toLowerCase() === 'last-event-id' || undefined}>
            {`\n${name}: ${value}`}
          </span>
        ))}
      </pre>
      {!hasId && <p className="sse-live-note">{t('request.noId')}</p>}
    </div>
  );
}
