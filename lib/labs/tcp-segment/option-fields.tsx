import { fromHex } from '@/lib/bytes';
import type { TcpOption } from '@/lib/protocols/tcp';
import { useText } from '@/lib/text';
import { Toggle } from '@/lib/ui/controls';
import { FieldInput } from './field-input';
import { findOption, optionKinds, withOption, type OptionKind } from './options';

type Props = { options: readonly TcpOption[]; onChange(options: TcpOption[]): void };

/** What each option holds when it is switched on. */
const defaults: { [Kind in OptionKind]: Extract<TcpOption, { kind: Kind }> } = {
  mss: { kind: 'mss', octets: 1460 },
  'sack-permitted': { kind: 'sack-permitted' },
  timestamps: { kind: 'timestamps', value: 1_000_000, echo: 0 },
  'window-scale': { kind: 'window-scale', shift: 7 },
  'fast-open': { kind: 'fast-open', cookie: fromHex('c0ffee0ddba11bed') },
  sack: { kind: 'sack', blocks: [{ start: 5_000, end: 6_000 }] },
};

/** The options that the lab knows, each on or off, with its values. */
export function OptionFields({ options, onChange }: Props) {
  const t = useText();
  const set = (kind: OptionKind, option: TcpOption | undefined) =>
    onChange(withOption(options, kind, option));
  return (
    <fieldset>
      <legend>{t('compose.options')}</legend>
      <div className="tcp-segment-options">
        {optionKinds.map((kind) => {
          const option = findOption(options, kind);
          return (
            <div key={kind}>
              <Toggle
                label={t(`options.${kind}`)}
                checked={option !== undefined}
                onChange={(isOn) => set(kind, isOn ? defaults[kind] : undefined)}
              />
              {option && <Values option={option} onChange={(next) => set(kind, next)} />}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

function Values({ option, onChange }: { option: TcpOption; onChange(option: TcpOption): void }) {
  const t = useText();
  switch (option.kind) {
    case 'mss':
      return (
        <FieldInput
          label={t('options.octets')}
          value={option.octets}
          bits={16}
          onChange={(octets) => onChange({ ...option, octets })}
        />
      );
    case 'window-scale':
      return (
        <FieldInput
          label={t('options.shift')}
          value={option.shift}
          bits={8}
          onChange={(shift) => onChange({ ...option, shift })}
        />
      );
    case 'timestamps':
      return (['value', 'echo'] as const).map((name) => (
        <FieldInput
          key={name}
          label={t(`options.${name}`)}
          value={option[name]}
          bits={32}
          onChange={(value) => onChange({ ...option, [name]: value })}
        />
      ));
    case 'sack':
      return (
        <FieldInput
          label={t('options.blocks')}
          value={option.blocks.length}
          bits={2}
          onChange={(count) => onChange({ ...option, blocks: blocksOf(option, Math.max(1, count)) })}
        />
      );
    default:
      return null;
  }
}

/** So many blocks: those there are, and further ones each a gap of a thousand octets on. */
function blocksOf({ blocks }: Extract<TcpOption, { kind: 'sack' }>, count: number) {
  const result = blocks.slice(0, count);
  while (result.length < count) {
    const end = result.at(-1)?.end ?? 0;
    result.push({ start: (end + 1_000) % 2 ** 32, end: (end + 2_000) % 2 ** 32 });
  }
  return result;
}
