import type { TcpOption } from '@/lib/protocols/tcp';

export type OptionKind = Exclude<TcpOption['kind'], 'end' | 'nop' | 'unknown'>;

export const optionKinds: readonly OptionKind[] = [
  'mss',
  'sack-permitted',
  'timestamps',
  'window-scale',
  'fast-open',
  'sack',
];

export type OptionOf<Kind extends OptionKind> = Extract<TcpOption, { kind: Kind }>;

/** The first option of a kind. */
export function findOption<Kind extends OptionKind>(
  options: readonly TcpOption[],
  kind: Kind,
): OptionOf<Kind> | undefined {
  return options.find((option): option is OptionOf<Kind> => option.kind === kind);
}

/** Options with one set, added or (`undefined`) taken out, and laid out anew. */
export function withOption(
  options: readonly TcpOption[],
  kind: OptionKind,
  option: TcpOption | undefined,
): TcpOption[] {
  const others = options.filter((one) => one.kind !== kind);
  const all = option ? [...others, option] : [...others];
  return layOutOptions(all.sort((a, b) => orderOf(a) - orderOf(b)));
}

/** Unknown ones last, as they came. */
function orderOf({ kind }: TcpOption): number {
  const order = optionKinds.indexOf(kind as OptionKind);
  return order < 0 ? optionKinds.length : order;
}

/**
 * Puts NOPs before options so that each ends where a 32-bit word does, as Linux lays them out (RFC 9293 §3.1 leaves
 * it to the sender); SACK-permitted and timestamps share three words.
 */
function layOutOptions(options: readonly TcpOption[]): TcpOption[] {
  const placed: TcpOption[] = [];
  let octets = 0;
  const real = options.filter(({ kind }) => kind !== 'nop' && kind !== 'end');
  real.forEach((option, index) => {
    const length = lengthOf(option);
    const pair = option.kind === 'sack-permitted' && real[index + 1]?.kind === 'timestamps';
    while (!pair && (octets + length) % 4 !== 0) {
      placed.push({ kind: 'nop' });
      octets++;
    }
    placed.push(option);
    octets += length;
  });
  return placed;
}

function lengthOf(option: TcpOption): number {
  switch (option.kind) {
    case 'end':
    case 'nop':
      return 1;
    case 'mss':
      return 4;
    case 'window-scale':
      return 3;
    case 'sack-permitted':
      return 2;
    case 'sack':
      return 2 + 8 * option.blocks.length;
    case 'timestamps':
      return 10;
    case 'fast-open':
      return 2 + option.cookie.length;
    case 'unknown':
      return 2 + option.data.length;
  }
}
