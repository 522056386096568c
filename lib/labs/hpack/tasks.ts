import type { MessageRef } from '@/lib/text/text';
import type { Task, Verdict } from '../define-lab';
import type { HpackParams } from './lab';
import type { Block, HpackResult } from './run';

type HpackTask = Task<HpackParams, HpackResult>;

/** The request of the first task: a path that was never sent, on a connection that may have sent others. */
const WANTED = {
  ':method': 'GET',
  ':scheme': 'https',
  ':authority': 'www.example.com',
  ':path': '/lab/see',
};
export const MOST_OCTETS = 11;

const no = (key: string, values: NonNullable<MessageRef['values']> = {}): Verdict => ({
  passed: false,
  hint: { key: `tasks.${key}`, values },
});

const isWanted = ({ sent }: Block) =>
  sent.length === Object.keys(WANTED).length &&
  Object.entries(WANTED).every(([name, value]) =>
    sent.some((field) => field.name === name && field.value === value),
  );

export const tasks: readonly HpackTask[] = [
  {
    id: 'eleven-octets',
    prompt: 'tasks.eleven-octets.prompt',
    check: ({ blocks }) => {
      const last = blocks.at(-1);
      if (!last || !isWanted(last)) return no('eleven-octets.other', { path: WANTED[':path'] });
      const before = blocks.slice(0, -1);
      if (before.some(({ sent }) => sent.some(({ value }) => value === WANTED[':path'])))
        return no('eleven-octets.repeated', { path: WANTED[':path'] });
      const octets = last.octets.length;
      if (octets <= MOST_OCTETS) return { passed: true };
      const authorityCame = before.some(({ sent }) =>
        sent.some(({ name, value }) => name === ':authority' && value === WANTED[':authority']),
      );
      return no(authorityCame ? 'eleven-octets.long' : 'eleven-octets.first', { octets, most: MOST_OCTETS });
    },
  },
  {
    id: 'evict-authority',
    prompt: 'tasks.evict-authority.prompt',
    check: ({ moments, blocks }, { source, tableSize }) => {
      if (source === 'octets') return no('sender');
      const isAuthority = ({ name }: { name: string }) => name === ':authority';
      const evicting = moments.find(({ evicted }) => evicted.some(isAuthority));
      if (evicting?.added) return { passed: true };
      if (evicting) return no('evict-authority.resized', { block: evicting.block + 1 });
      const last = moments.at(-1);
      if (!moments.some(({ added }) => added?.name === ':authority')) return no('evict-authority.never');
      const used = last?.sender.reduce((sum, { size }) => sum + size, 0) ?? 0;
      const limit = blocks.at(-1)?.tableLimit ?? tableSize;
      return no('evict-authority.room', { used, limit, left: limit - used });
    },
  },
  {
    id: 'differ',
    prompt: 'tasks.differ.prompt',
    check: ({ blocks, differSince, showsIn }, { source }) => {
      if (source === 'octets') return no('sender');
      if (differSince === undefined)
        return no(blocks.some(({ isSkipped }) => isSkipped) ? 'differ.harmless' : 'differ.equal');
      if (showsIn === undefined) return no('differ.hidden', { since: differSince + 1 });
      return { passed: true };
    },
  },
  {
    id: 'silent',
    prompt: 'tasks.silent.prompt',
    check: ({ blocks, differSince, showsIn }, { source }) => {
      if (source === 'octets') return no('sender');
      if (differSince === undefined) return no('differ.equal');
      if (showsIn === undefined) return no('differ.hidden', { since: differSince + 1 });
      const problem = blocks[showsIn]?.problem;
      if (problem) return no('silent.loud', { block: showsIn + 1, code: problem.code });
      return { passed: true };
    },
  },
  {
    id: 'secret',
    prompt: 'tasks.secret.prompt',
    check: ({ moments }, { source }) => {
      if (source === 'octets') return no('sender');
      const cookies = moments.filter(({ field }) => field?.name === 'cookie');
      if (cookies.length < 2) return no('secret.none', { count: cookies.length });
      const open = cookies.find(({ kind }) => kind !== 'never');
      if (open)
        return no(open.kind === 'without' ? 'secret.without' : 'secret.indexed', { block: open.block + 1 });
      return { passed: true };
    },
  },
  {
    id: 'shortest-error',
    prompt: 'tasks.shortest-error.prompt',
    check: ({ blocks }, { source }) => {
      if (source !== 'octets') return no('shortest-error.paste');
      const [block] = blocks;
      if (!block) return no('shortest-error.nothing');
      if (!block.problem) return no('shortest-error.fine', { fields: block.received?.length ?? 0 });
      if (block.octets.length > 1) return no('shortest-error.long', { octets: block.octets.length });
      return { passed: true };
    },
  },
];
