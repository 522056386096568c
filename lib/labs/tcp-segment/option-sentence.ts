import { toHex } from '@/lib/bytes';
import type { TcpOption } from '@/lib/protocols/tcp';
import type { MessageRef } from '@/lib/text/text';

/** What one option says, as `steps.option.<kind>`. */
export function optionSentence(option: TcpOption): MessageRef {
  return { key: `steps.option.${option.kind}`, values: valuesOf(option) };
}

function valuesOf(option: TcpOption): NonNullable<MessageRef['values']> {
  switch (option.kind) {
    case 'mss':
      return { octets: option.octets };
    case 'window-scale':
      return { shift: option.shift, factor: 2 ** option.shift };
    case 'sack':
      return {
        count: option.blocks.length,
        start: option.blocks[0]?.start ?? 0,
        end: option.blocks[0]?.end ?? 0,
      };
    case 'timestamps':
      return { value: option.value, echo: option.echo };
    case 'fast-open':
      return { octets: option.cookie.length, cookie: toHex(option.cookie) };
    case 'unknown':
      return { number: option.number, octets: option.data.length };
    default:
      return {};
  }
}
