import type { FieldTrace } from '@/lib/bytes';
import { toHex } from '@/lib/bytes';
import type { TcpOption } from './options';

const NAMES: Record<TcpOption['kind'], { name: string; ref: string }> = {
  end: { name: 'End of Option List', ref: 'RFC 9293 §3.1' },
  nop: { name: 'No-Operation', ref: 'RFC 9293 §3.1' },
  mss: { name: 'Maximum Segment Size', ref: 'RFC 9293 §3.7.1' },
  'window-scale': { name: 'Window Scale', ref: 'RFC 7323 §2.2' },
  'sack-permitted': { name: 'SACK Permitted', ref: 'RFC 2018 §2' },
  sack: { name: 'SACK', ref: 'RFC 2018 §3' },
  timestamps: { name: 'Timestamps', ref: 'RFC 7323 §3.2' },
  'fast-open': { name: 'Fast Open Cookie', ref: 'RFC 7413 §4.1.1' },
  unknown: { name: 'Unknown Option', ref: 'RFC 9293 §3.1' },
};

/** Kind, length and value of one option of `octets`, each with its span. */
export function traceOption(fields: FieldTrace, option: TcpOption, octets: number): void {
  const { name, ref } = NAMES[option.kind];
  fields.field(8, name, kindInWords(option), undefined, ref);
  if (option.kind === 'end' || option.kind === 'nop') return;
  fields.field(8, `${name}: Length`, `${octets} octets`, undefined, ref);
  switch (option.kind) {
    case 'mss':
      fields.field(16, `${name}: Value`, `${option.octets} octets`, undefined, ref);
      return;
    case 'window-scale':
      fields.field(8, `${name}: Shift`, `${option.shift}: windows × ${2 ** option.shift}`, undefined, ref);
      return;
    case 'sack':
      for (const block of option.blocks) {
        fields.field(32, `${name}: Left Edge`, block.start, undefined, ref);
        fields.field(32, `${name}: Right Edge`, block.end, undefined, ref);
      }
      return;
    case 'timestamps':
      fields.field(32, `${name}: Value`, option.value, undefined, ref);
      fields.field(32, `${name}: Echo Reply`, option.echo, undefined, ref);
      return;
    case 'fast-open':
      fields.field(option.cookie.length * 8, `${name}: Value`, toHex(option.cookie), undefined, ref);
      return;
    case 'unknown':
      fields.field(option.data.length * 8, `${name}: Data`, toHex(option.data, ' '), undefined, ref);
  }
}

function kindInWords(option: TcpOption): string {
  return option.kind === 'unknown' ? `kind ${option.number}` : `kind: ${option.kind}`;
}
