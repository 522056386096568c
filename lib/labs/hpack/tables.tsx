import { FIRST_DYNAMIC_INDEX } from '@/lib/protocols/hpack';
import { useText } from '@/lib/text';
import { TableDiff } from '@/lib/ui/table-diff';
import type { Entry } from './endpoint';
import { shown } from './parse-lists';
import type { HpackResult, Moment } from './run';

type Props = { result: HpackResult; moment: Moment; at: number; isAlone: boolean };

/** How many rows of a table are drawn; those that matter are the newest. */
const ROWS = 10;
const LONGEST = 34;
const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** Both ends' dynamic tables after this moment, and the row that the octets point at. */
export function Tables({ result, moment, at, isAlone }: Props) {
  const t = useText();
  const before = result.moments[at - 1];
  const { pointsAt } = moment;
  const limit = result.blocks[moment.block]?.tableLimit ?? 0;
  const isStatic = pointsAt?.id === 0;
  return (
    <div role="group" aria-label={t('tables.title')} className="hpack-tables-part">
      <p className="hpack-static" data-current={isStatic}>
        {isStatic
          ? t('tables.static', {
              index: moment.index,
              name: shown(pointsAt.name),
              value: shown(pointsAt.value),
            })
          : t(!pointsAt ? 'tables.none' : moment.added ? 'tables.moved' : 'tables.dynamic', {
              index: moment.index,
              now: moment.index + 1,
            })}
      </p>
      <div className="hpack-tables" data-alone={isAlone}>
        {!isAlone && tableOf('sender', moment.sender, before?.sender)}
        {tableOf('receiver', moment.receiver, before?.receiver)}
      </div>
    </div>
  );

  function tableOf(end: 'sender' | 'receiver', entries: readonly Entry[], previous: readonly Entry[] = []) {
    const size = entries.reduce((sum, entry) => sum + entry.size, 0);
    const isCurrent = (entry: Entry) => !isStatic && entry.id === pointsAt?.id;
    // The row that is pointed at is drawn, however old it is.
    const drawn = entries.filter((entry, i) => i < ROWS || isCurrent(entry));
    const ids = new Set(drawn.map(({ id }) => id));
    const gone = previous.filter(({ id }) => !entries.some((entry) => entry.id === id) || ids.has(id));
    return (
      <div className="min-w-0">
        <TableDiff
          caption={t(`tables.${end}`, { size, limit, entries: entries.length })}
          columns={[
            {
              id: 'index',
              label: t('tables.index'),
              numeric: true,
              derived: true,
              text: (entry) => {
                const place = entries.indexOf(entry);
                return place < 0 ? '' : String(FIRST_DYNAMIC_INDEX + place);
              },
            },
            {
              id: 'field',
              label: t('tables.field'),
              mono: true,
              text: ({ name, value }) => short(`${shown(name)}: ${shown(value)}`),
            },
            { id: 'size', label: t('tables.size'), numeric: true, text: (entry) => String(entry.size) },
          ]}
          rows={drawn}
          previousRows={gone}
          keyOf={({ id }) => String(id)}
          isEvicted={() => true}
          isCurrent={isCurrent}
          empty={t('tables.empty')}
        />
        {entries.length > drawn.length && (
          <p className="lab-note">{t('tables.more', { count: entries.length - drawn.length })}</p>
        )}
      </div>
    );
  }
}
