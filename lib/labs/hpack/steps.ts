import { toHex } from '@/lib/bytes';
import type { Step } from '../define-lab';
import type { HpackResult, Moment } from './run';
import { shown } from './parse-lists';

const LONGEST = 60;
const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** The run in sentences: one a representation, what a block came to at its end. */
export function stepsOf(result: HpackResult): Step[] {
  const { moments, blocks, inputProblem } = result;
  if (moments.length === 0)
    return [
      {
        text: blocks.find(({ problem }) => problem)?.problem?.text ??
          inputProblem?.text ?? { key: 'steps.nothing' },
      },
    ];
  return moments.map((moment, i) => {
    const isLast = moments[i + 1]?.block !== moment.block;
    return { text: { key: 'steps.whole', values: valuesOf(result, moment, isLast) } };
  });
}

function valuesOf({ blocks }: HpackResult, moment: Moment, isLast: boolean) {
  const { kind, field, index, pointsAt, start, end, added, evicted } = moment;
  const block = blocks[moment.block];
  const octets = block?.octets.subarray(start, end) ?? new Uint8Array();
  const isFine = block?.received && isEqual(block.sent, block.received);
  return {
    block: moment.block + 1,
    start,
    octets: end - start,
    hex: toHex(octets.subarray(0, 4), ' ') + (octets.length > 4 ? ' …' : ''),
    // A selector of ICU has no hyphen.
    kind: kind === 'size-update' ? 'update' : kind,
    index,
    table: index === 0 ? 'none' : pointsAt?.id === 0 ? 'static' : 'dynamic',
    name: shown(field?.name ?? ''),
    value: short(shown(field?.value ?? '')),
    row: pointsAt ? short(`${shown(pointsAt.name)}: ${shown(pointsAt.value)}`) : '',
    added: added ? 'yes' : 'no',
    evicted: evicted.length,
    entries: moment.sender.length,
    end:
      !isLast || !block
        ? 'no'
        : block.isSkipped
          ? 'skipped'
          : block.problem
            ? 'problem'
            : block.sent.length === 0
              ? 'read'
              : isFine
                ? 'same'
                : 'other',
    length: block?.octets.length ?? 0,
    http1: block?.sizes.http1 ?? 0,
    code: block?.problem?.code ?? '',
  };
}

function isEqual(one: readonly { name: string; value: string }[], other: typeof one): boolean {
  return (
    one.length === other.length &&
    one.every(({ name, value }, i) => name === other[i]?.name && value === other[i].value)
  );
}
