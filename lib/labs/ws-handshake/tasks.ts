import type { MessageRef } from '@/lib/text/text';
import type { Task, Verdict } from '../define-lab';
import { listOf } from './messages';
import type { WsHandshakeParams } from './params';
import type { WsHandshakeResult } from './run';

const no = (key: string, values: NonNullable<MessageRef['values']> = {}): Verdict => ({
  passed: false,
  hint: { key: `tasks.${key}`, values },
});
const PASSED: Verdict = { passed: true };

export const tasks: readonly Task<WsHandshakeParams, WsHandshakeResult>[] = [
  {
    id: 'open-without',
    prompt: 'tasks.open-without.prompt',
    check: ({ outcome, subprotocol, responseProblems }, { offered }) => {
      if (listOf(offered).length === 0) return no('open-without.nothing-offered');
      if (responseProblems[0]?.code === 'WEBSOCKET_HANDSHAKE_SUBPROTOCOL_MISSING')
        return no('open-without.browser');
      if (outcome !== 'open') return no('open-without.not-open');
      return subprotocol === undefined ? PASSED : no('open-without.chosen', { subprotocol });
    },
  },
  {
    id: 'browser-hangs-up',
    prompt: 'tasks.browser-hangs-up.prompt',
    check: ({ outcome, response }) => {
      if (outcome === 'open') return no('browser-hangs-up.open');
      if (outcome === 'refused') return no('browser-hangs-up.refused');
      return response.startsWith('HTTP/1.1 101') ? PASSED : no('browser-hangs-up.status');
    },
  },
  {
    id: 'upgrade-required',
    prompt: 'tasks.upgrade-required.prompt',
    check: ({ outcome, response, requestProblems }) => {
      if (response.startsWith('HTTP/1.1 426')) return PASSED;
      if (outcome !== 'refused') return no('upgrade-required.accepted');
      return no('upgrade-required.other', { status: requestProblems[0]?.status ?? 0 });
    },
  },
  {
    id: 'compressed',
    prompt: 'tasks.compressed.prompt',
    check: ({ outcome, extensions }, { offersDeflate, deflate }) => {
      if (extensions?.startsWith('permessage-deflate') && outcome === 'open') return PASSED;
      if (!offersDeflate) return no('compressed.not-offered');
      if (outcome !== 'open') return no('compressed.not-open');
      return no(deflate === 'declined' ? 'compressed.declined' : 'compressed.other');
    },
  },
];
