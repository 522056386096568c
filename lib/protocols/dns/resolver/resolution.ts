import type { Random } from '@/lib/sim';
import type { DnsMessage, DnsQuestion, DnsRecord } from '../message';
import { createMessage, SAFE_UDP_OCTETS } from '../message';
import { canonicalName } from '../name';
import type { DnsCache } from './cache';
import type { Verdict } from './judge-response';
import { judgeResponse } from './judge-response';
import type { NameServer } from './name-server';

/** What the resolver wants done, or has found out. */
export type ResolverOutput =
  | { type: 'query'; server: NameServer; transport: 'udp' | 'tcp'; message: DnsMessage }
  | { type: 'answer'; rcode: number; records: readonly DnsRecord[]; fromCache: boolean; soa?: DnsRecord }
  | { type: 'failure'; reason: 'no-server-answers' | 'too-many-queries' | 'too-many-aliases' | 'too-deep' };

/** What a resolver needs. */
export type ResolverOptions = {
  cache: DnsCache;
  /** For query ids: a guess must be hard (RFC 5452 §9.2). */
  random: Random;
  /** Where to begin: the root's servers; or those of a resolver that does the work (`recursive`). */
  servers: readonly NameServer[];
  /** Asks `servers` for the whole answer (RD) and follows no referral: what a host does. */
  recursive?: boolean;
};

/** Bounds of one resolution: a server that leads in circles is not followed for ever. */
export const RESOLUTION_LIMITS = { queries: 64, aliases: 12, depth: 6, serversOfAZone: 13 } as const;

/** One thing to find out; to find the address of a name server is one too, below the one that needs it. */
type Task = {
  question: DnsQuestion;
  /** Aliases on the way so far. */
  records: DnsRecord[];
  servers: NameServer[];
  /** Servers of the zone whose addresses are not known yet. */
  unknown: { zone: string; name: string }[];
  fromCache: boolean;
  /** Whose address this task looks for, on behalf of the task below it on the stack. */
  server?: { zone: string; name: string };
};

/**
 * Finds the answer to one question by asking servers from the root down (RFC 1034 §5.3.3), as a state machine: `start`,
 * then `receive` or `timeout` for each query that comes out, until an answer or a failure does.
 */
export class Resolution {
  readonly #options: ResolverOptions;
  readonly #question: DnsQuestion;
  /** What is being found out; the last one now, those before it wait for it. */
  readonly #tasks: Task[] = [];
  #queries = 0;
  #aliases = 0;
  #waiting: Extract<ResolverOutput, { type: 'query' }> | undefined;

  constructor(question: DnsQuestion, options: ResolverOptions) {
    this.#options = options;
    this.#question = question;
  }

  start(nowMs: number): ResolverOutput {
    this.#tasks.push(this.#taskFor(this.#question, nowMs));
    return this.#goOn(nowMs);
  }

  /**
   * A message that came from an address. `undefined`: it is not the answer to what was asked: another server, id or
   * question (RFC 5452 §9.1), and the wait goes on.
   */
  receive(response: DnsMessage, from: string, nowMs: number): ResolverOutput | undefined {
    const query = this.#waiting;
    const task = this.#tasks.at(-1);
    if (!query || !task || !isAnswerTo(response, query, from)) return undefined;
    this.#waiting = undefined;
    const { cache } = this.#options;
    const verdict = judgeResponse(response, task.question, query.server.zone);
    switch (verdict.kind) {
      case 'truncated':
        // RFC 7766 §5: over TCP nothing is cut; a server that cuts there too is of no use.
        if (query.transport === 'udp') return this.#ask(query.server, 'tcp');
        break;
      case 'answer':
        cache.store(verdict.records, nowMs);
        return this.#finish({ rcode: 0, records: verdict.records }, nowMs);
      case 'alias':
        cache.store(verdict.records, nowMs);
        return this.#follow(verdict.records, verdict.next, nowMs);
      case 'nodata':
      case 'nxdomain': {
        cache.store(verdict.records, nowMs);
        cache.storeNegative(verdict.kind, { ...task.question, name: verdict.name }, verdict.soa, nowMs);
        const rcode = verdict.kind === 'nxdomain' ? 3 : 0;
        return this.#finish(
          { rcode, records: verdict.records, ...(verdict.soa ? { soa: verdict.soa } : {}) },
          nowMs,
        );
      }
      case 'referral':
        if (this.#options.recursive) break;
        this.#refer(task, verdict, nowMs);
        return this.#goOn(nowMs);
      case 'useless':
        break;
    }
    return this.#goOn(nowMs);
  }

  /** The server did not answer in time: the next one. */
  timeout(nowMs: number): ResolverOutput {
    this.#waiting = undefined;
    return this.#goOn(nowMs);
  }

  #goOn(nowMs: number): ResolverOutput {
    const task = this.#tasks.at(-1)!;
    const known = this.#options.cache.find(task.question, nowMs);
    if (known) {
      task.fromCache = true;
      if (known.kind === 'records') return this.#finish({ rcode: 0, records: known.records }, nowMs);
      const rcode = known.kind === 'nxdomain' ? 3 : 0;
      return this.#finish({ rcode, records: [], ...(known.soa ? { soa: known.soa } : {}) }, nowMs);
    }
    const alias = this.#options.cache.find({ ...task.question, type: 'CNAME' }, nowMs);
    const cname =
      alias?.kind === 'records' ? alias.records.find((record) => record.type === 'CNAME') : undefined;
    if (cname) return this.#follow([cname], cname.data, nowMs);

    const server = task.servers.shift();
    if (server) return this.#ask(server, 'udp');
    const unknown = task.unknown.shift();
    if (unknown) return this.#findAddress(unknown, nowMs);
    if (this.#tasks.length === 1) return { type: 'failure', reason: 'no-server-answers' };
    // This server's address cannot be found; the task above has others, perhaps.
    this.#tasks.pop();
    return this.#goOn(nowMs);
  }

  #ask(server: NameServer, transport: 'udp' | 'tcp'): ResolverOutput {
    if (++this.#queries > RESOLUTION_LIMITS.queries) return { type: 'failure', reason: 'too-many-queries' };
    const message = createMessage({
      id: this.#options.random.integer(0, 0xffff),
      rd: this.#options.recursive === true,
      questions: [this.#tasks.at(-1)!.question],
      edns: { udpPayloadSize: SAFE_UDP_OCTETS, version: 0, dnssecOk: false, options: [] },
    });
    this.#waiting = { type: 'query', server, transport, message };
    return this.#waiting;
  }

  /** The rest of the task is to find out what the alias stands for. */
  #follow(records: readonly DnsRecord[], next: string, nowMs: number): ResolverOutput {
    if (++this.#aliases > RESOLUTION_LIMITS.aliases) return { type: 'failure', reason: 'too-many-aliases' };
    const task = this.#tasks.pop()!;
    const followed = this.#taskFor({ ...task.question, name: next }, nowMs);
    const chain = [...task.records, ...records];
    this.#tasks.push({ ...followed, records: chain, ...(task.server ? { server: task.server } : {}) });
    return this.#goOn(nowMs);
  }

  #finish(
    found: { rcode: number; records: readonly DnsRecord[]; soa?: DnsRecord },
    nowMs: number,
  ): ResolverOutput {
    const task = this.#tasks.pop()!;
    const parent = this.#tasks.at(-1);
    if (!parent) {
      return {
        type: 'answer',
        ...found,
        records: [...task.records, ...found.records],
        fromCache: task.fromCache,
      };
    }
    for (const record of found.records) {
      if (task.server && record.type === 'A') parent.servers.push({ ...task.server, address: record.data });
    }
    return this.#goOn(nowMs);
  }

  #refer(
    task: Task,
    { zone, servers, glue, ttl }: Extract<Verdict, { kind: 'referral' }>,
    nowMs: number,
  ): void {
    task.servers = [];
    task.unknown = [];
    for (const name of servers.slice(0, RESOLUTION_LIMITS.serversOfAZone)) {
      const own = glue.filter((record) => canonicalName(record.name) === canonicalName(name));
      for (const record of own) {
        if (record.type === 'A' || record.type === 'AAAA')
          task.servers.push({ zone, name, address: record.data });
      }
      if (own.length === 0) task.unknown.push({ zone, name });
    }
    if (task.servers.length > 0) this.#options.cache.storeDelegation(zone, [...task.servers], ttl, nowMs);
  }

  #findAddress(server: { zone: string; name: string }, nowMs: number): ResolverOutput {
    if (this.#tasks.length >= RESOLUTION_LIMITS.depth) return { type: 'failure', reason: 'too-deep' };
    this.#tasks.push({ ...this.#taskFor({ name: server.name, type: 'A', class: 'IN' }, nowMs), server });
    return this.#goOn(nowMs);
  }

  #taskFor(question: DnsQuestion, nowMs: number): Task {
    const { cache, recursive, servers } = this.#options;
    const closest = recursive ? [] : cache.closestServers(question.name, nowMs);
    // The root's servers come last: the closer ones may be gone.
    return { question, records: [], servers: [...closest, ...servers], unknown: [], fromCache: false };
  }
}

function isAnswerTo(
  { id, qr, questions }: DnsMessage,
  { message, server }: Extract<ResolverOutput, { type: 'query' }>,
  from: string,
): boolean {
  const [asked] = message.questions;
  const [answered] = questions;
  return (
    qr &&
    id === message.id &&
    from === server.address &&
    questions.length === 1 &&
    asked !== undefined &&
    answered !== undefined &&
    canonicalName(asked.name) === canonicalName(answered.name) &&
    asked.type === answered.type &&
    asked.class === answered.class
  );
}
