import { isControl } from '@/lib/protocols/websocket';
import type { MessageRef } from '@/lib/text/text';
import type { Task, Verdict } from '../define-lab';
import type { WsFrameParams } from './params';
import type { WsFrameResult } from './run';

const no = (key: string, values: NonNullable<MessageRef['values']> = {}): Verdict => ({
  passed: false,
  hint: { key: `tasks.${key}`, values },
});
const PASSED: Verdict = { passed: true };
const OVERHEAD_126 = 4;
const GET = [0x47, 0x45, 0x54, 0x20];

export const tasks: readonly Task<WsFrameParams, WsFrameResult>[] = [
  {
    id: 'four-fewer',
    prompt: 'tasks.four-fewer.prompt',
    check: ({ octets, frames, problem, missing }, { from }) => {
      const [frame] = frames;
      const length = frame?.length ?? 0;
      if (problem?.code === 'WEBSOCKET_MASK_MISSING') return no('four-fewer.client');
      if (problem || missing > 0) return no('four-fewer.broken');
      if (frames.length !== 1 || length !== 126) return no('four-fewer.length', { length });
      const overhead = octets.length - length;
      if (overhead === OVERHEAD_126 && from === 'server') return PASSED;
      return no('four-fewer.masked', { octets: octets.length, overhead });
    },
  },
  {
    id: 'shortest-rejected',
    prompt: 'tasks.shortest-rejected.prompt',
    check: ({ octets, problem, missing }, { from }) => {
      if (from !== 'client') return no('shortest-rejected.server');
      if (!problem?.closeCode) {
        return missing > 0 ? no('shortest-rejected.waits', { n: missing }) : no('shortest-rejected.reads');
      }
      if (octets.length > 2) {
        return no('shortest-rejected.long', { octets: octets.length, offset: problem.offset });
      }
      return PASSED;
    },
  },
  {
    id: 'spell-get',
    prompt: 'tasks.spell-get.prompt',
    check: ({ masking, problem, frames }) => {
      if (problem) return no('spell-get.broken');
      if (masking.length < GET.length) return no('spell-get.short', { n: frames[0]?.length ?? 0 });
      const wrong = GET.findIndex((octet, index) => masking[index]?.wire !== octet);
      if (masking.every(({ key }) => key === 0)) return no('spell-get.zero');
      if (wrong < 0) return PASSED;
      const { wire = 0, key = 0 } = masking[wrong] ?? {};
      return no('spell-get.octet', {
        n: wrong + 1,
        wire: hex(wire),
        wanted: hex(GET[wrong] ?? 0),
        key: hex(key),
      });
    },
  },
  {
    id: 'split-character',
    prompt: 'tasks.split-character.prompt',
    check: ({ frames, events, problem, octets, missing }) => {
      if (problem?.code === 'WEBSOCKET_INVALID_UTF8')
        return no('split-character.utf8', { offset: problem.offset });
      if (problem) return no('split-character.broken', { code: problem.code });
      const data = frames.filter(({ opcode }) => !isControl(opcode));
      if (data.length < 2) return no('split-character.one');
      if (missing > 0 || events.length === 0) return no('split-character.unfinished');
      const texts = events.flatMap((event) => (event.type === 'message' ? [event.data] : []));
      if (!texts.some((text) => typeof text === 'string' && text.includes('é')))
        return no('split-character.other');
      // The second octet of é, unmasked, at the beginning of a payload.
      const isSplit = data.some(({ payloadStart = 0, key, length = 0 }) => {
        return length > 0 && ((octets[payloadStart] ?? 0) ^ (key?.[0] ?? 0)) === 0xa9;
      });
      return isSplit ? PASSED : no('split-character.whole');
    },
  },
  {
    id: 'not-1002',
    prompt: 'tasks.not-1002.prompt',
    check: ({ problem, frames }) => {
      if (problem?.closeCode === 1007) return PASSED;
      if (problem?.closeCode) return no('not-1002.other', { code: problem.closeCode });
      if (frames.some(({ opcode }) => opcode === 2)) return no('not-1002.binary');
      return no('not-1002.holds');
    },
  },
];

const hex = (octet: number): string => octet.toString(16).padStart(2, '0');
