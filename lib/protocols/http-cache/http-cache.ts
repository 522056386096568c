import { decide, staleForbidden, type CacheDecision } from './decide';
import { freshnessOf } from './freshness';
import { invalidatedUrls } from './invalidation';
import type { CacheOptions, CacheRequest, CacheResponse, StoredResponse } from './messages';
import { respondFrom } from './respond';
import { reason, type Reason } from './rules';
import { cacheControlOf } from './cache-control';
import { cacheUrl, createStored, decideStoring, type ExchangeTimes } from './storing';
import { freshen, headVerdict, isValidatedBy, validationRequest } from './validation';
import { varyMismatch } from './vary';

/** Answers a request, or rejects when it cannot be reached. */
export type Origin = (request: CacheRequest) => CacheResponse | Promise<CacheResponse>;

/** An answer, whether the origin had a part in it, and the rules that led there. */
export type CacheAnswer = {
  readonly response: CacheResponse;
  /** `stored`: no request went out before the answer; `validated`: a 304 came; `origin`: the answer is its own. */
  readonly from: 'stored' | 'validated' | 'origin' | 'cache';
  readonly decision: CacheDecision;
  readonly why: readonly Reason[];
  /** The validation that goes on after a stale answer (RFC 5861 §3); it never rejects. */
  readonly background?: Promise<void>;
};

/** Limits of the store. The response that was stored longest ago goes first. */
const MAX_URLS = 1000;
const MAX_VARIANTS = 16;

/** 5xx that mean "try later" (RFC 5861 §4 names these). */
const ERRORS: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/**
 * A whole cache over a store in memory: `decide`, then what follows from it. It holds at most 1,000 URLs with 16
 * variants each. The clock comes in: a number, or a function when time passes while the origin is asked.
 */
export class HttpCache {
  private readonly options: CacheOptions;
  private readonly store = new Map<string, StoredResponse[]>();

  constructor(options: CacheOptions = {}) {
    this.options = options;
  }

  /** What is stored for a URL, the newest first. */
  stored(url: string): readonly StoredResponse[] {
    return this.store.get(cacheUrl(url)) ?? [];
  }

  /** Answers a request from the store or from the origin. Rejects as the origin does, if nothing may stand in. */
  async fetch(request: CacheRequest, origin: Origin, now: number | (() => number)): Promise<CacheAnswer> {
    const clock = typeof now === 'number' ? () => now : now;
    const candidate = this.select(request);
    const decision = decide(request, candidate, clock(), this.options);
    if (candidate && decision.action === 'serve') return this.answer(request, candidate, clock, decision);
    if (candidate && decision.action === 'serve-and-revalidate') {
      const background = this.ask(request, candidate, origin, clock, decision).then(
        () => undefined,
        () => undefined,
      );
      return { ...this.answer(request, candidate, clock, decision), background };
    }
    if (decision.action === 'fail') {
      const response = { status: 504, headers: [] };
      return { response, from: 'cache', decision, why: decision.why };
    }
    const usable = decision.action === 'revalidate' ? candidate : undefined;
    return this.ask(request, usable, origin, clock, decision);
  }

  /** The newest stored response that Vary lets through; else any, so that `decide` can say what differs. */
  private select(request: CacheRequest): StoredResponse | undefined {
    const all = this.stored(request.url);
    return all.find((stored) => varyMismatch(stored, request.headers) === undefined) ?? all[0];
  }

  private answer(
    request: CacheRequest,
    stored: StoredResponse,
    clock: () => number,
    decision: CacheDecision,
    from: CacheAnswer['from'] = 'stored',
    why = decision.why,
  ): CacheAnswer {
    return { response: respondFrom(request, stored, clock()), from, decision, why };
  }

  private async ask(
    request: CacheRequest,
    stored: StoredResponse | undefined,
    origin: Origin,
    clock: () => number,
    decision: CacheDecision,
  ): Promise<CacheAnswer> {
    // A variant that does not match may still turn out to be the one (RFC 9111 §4.1): its tag goes along.
    const variants = request.method === 'GET' ? this.stored(request.url) : [];
    const validatable = stored ? [stored] : variants.filter(({ etag }) => etag !== undefined);
    const canValidate = request.method === 'GET' && validatable.length > 0;
    const outgoing = canValidate ? validationRequest(request, validatable) : request;
    const requestTimeMs = clock();
    let response: CacheResponse;
    try {
      response = await origin(outgoing);
    } catch (error) {
      const substitute = stored && this.staleAnswer(request, stored, clock, decision, undefined);
      if (substitute) return substitute;
      // RFC 9111 §5.2.2.2: must-revalidate and unreachable is an error of the cache's own.
      if (stored && staleForbidden(stored, this.options)) {
        const why = [...decision.why, reason('stale-forbidden')];
        return { response: { status: 504, headers: [] }, from: 'cache', decision, why };
      }
      throw error;
    }
    const times: ExchangeTimes = { requestTimeMs, responseTimeMs: clock() };
    if (response.status === 304 && canValidate) {
      const validated = validatable.find((one) => isValidatedBy(one, response));
      if (validated) {
        const fresh = freshen(validated, request, response, times, this.options);
        this.replace(validated, fresh);
        return this.answer(request, fresh, clock, decision, 'validated');
      }
      // The client's own validator may have been meant; it gets the 304 as it came.
      if (request.headers.some(({ name }) => /^if-(none-match|modified-since)$/i.test(name)))
        return { response, from: 'origin', decision, why: decision.why };
      // A 304 for something that is not here: ask again, without a condition (§4.3.3).
      response = await origin(request);
    }
    if (stored && ERRORS.has(response.status)) {
      const substitute = this.staleAnswer(request, stored, clock, decision, response.status);
      if (substitute) return substitute;
    }
    return this.receive(request, response, times, decision);
  }

  /** A stale response in place of an error, where RFC 5861 §4 or RFC 9111 §4.2.4 allow it. */
  private staleAnswer(
    request: CacheRequest,
    stored: StoredResponse,
    clock: () => number,
    decision: CacheDecision,
    status: number | undefined,
  ): CacheAnswer | undefined {
    if (staleForbidden(stored, this.options)) return undefined;
    const { lifetimeSeconds, ageSeconds } = freshnessOf(stored, clock());
    const staleSeconds = Math.max(0, ageSeconds - lifetimeSeconds);
    const windowSeconds =
      cacheControlOf(request.headers).staleIfError ?? stored.cacheControl.staleIfError ?? -1;
    let why: Reason | undefined;
    if (staleSeconds <= windowSeconds)
      why = reason('stale-if-error', { staleSeconds, windowSeconds, status: status ?? 'unreachable' });
    else if (status === undefined && this.options.serveStaleWhenDisconnected !== false)
      why = reason('stale-when-disconnected', { staleSeconds });
    return why && this.answer(request, stored, clock, decision, 'stored', [...decision.why, why]);
  }

  /** A response that came from the origin: stored, updating what is stored, or making it invalid. */
  private receive(
    request: CacheRequest,
    response: CacheResponse,
    times: ExchangeTimes,
    decision: CacheDecision,
  ): CacheAnswer {
    const invalid = invalidatedUrls(request, response);
    for (const url of invalid) this.store.delete(url);
    const unsafe = invalid.length > 0 ? [reason('unsafe-method', { method: request.method })] : [];
    if (request.method === 'HEAD') this.updateByHead(request, response, times);
    const storing = decideStoring(request, response, this.options);
    if (storing.store) this.put(createStored(request, response, times, this.options));
    const why = [...decision.why, ...unsafe, ...storing.why];
    return { response, from: 'origin', decision, why };
  }

  private updateByHead(request: CacheRequest, response: CacheResponse, times: ExchangeTimes): void {
    for (const stored of this.stored(request.url)) {
      if (varyMismatch(stored, request.headers) !== undefined) continue;
      const verdict = headVerdict(stored, response);
      if (verdict === 'update') this.replace(stored, freshen(stored, request, response, times, this.options));
      if (verdict === 'stale') this.replace(stored, { ...stored, lifetime: { source: 'none', seconds: 0 } });
    }
  }

  private put(stored: StoredResponse): void {
    const same = JSON.stringify(stored.vary);
    const others = this.stored(stored.url).filter(({ vary }) => JSON.stringify(vary) !== same);
    this.store.delete(stored.url);
    this.store.set(stored.url, [stored, ...others].slice(0, MAX_VARIANTS));
    if (this.store.size > MAX_URLS) for (const [url] of this.store) return void this.store.delete(url);
  }

  private replace(old: StoredResponse, fresh: StoredResponse): void {
    const all = this.stored(old.url).filter((stored) => stored !== old);
    this.store.set(old.url, [fresh, ...all]);
  }
}
