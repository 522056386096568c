import type { TraceSink } from '@/lib/bytes';
import { Http1Error } from './errors';
import { fieldLines, type HeaderField } from './fields';
import { requestFraming } from './framing';
import type { Framing, ReaderLimits, RequestHead } from './message';
import { MessageReader } from './message-reader';
import { parseRequestLine } from './start-line';

/** A server's side of a connection: requests, pipelined or not (RFC 9112 §9.3.2). */
export class RequestReader extends MessageReader<Omit<RequestHead, 'headers'>, RequestHead> {
  protected readonly joinsFoldedLines = false;
  private readonly allowHttp09: boolean;

  /** `allowHttp09`: take `GET /path` without a version for a request of HTTP/0.9. */
  constructor(options: ReaderLimits & { readonly allowHttp09?: boolean } = {}, trace?: TraceSink) {
    super(options, trace);
    this.allowHttp09 = options.allowHttp09 ?? false;
  }

  protected parseStart(line: string, offset: number, trace?: TraceSink): Omit<RequestHead, 'headers'> {
    return parseRequestLine(line, offset, this.allowHttp09, trace);
  }

  protected isInterim(): boolean {
    return false;
  }

  protected finishHead(
    start: Omit<RequestHead, 'headers'>,
    headers: HeaderField[],
    offset: number,
  ): [RequestHead, Framing] {
    const head = { ...start, headers };
    checkHost(head, offset);
    return [head, requestFraming(head, offset)];
  }
}

// uri-host [ ":" port ], or nothing (RFC 9110 §7.2)
const HOST = /^(?:\[[0-9A-Fa-f:.vV]+\]|[A-Za-z0-9\-._~!$&'()*+,;=%]*)(?::\d*)?$/;

/** Exactly one Host in 1.1, at most one before; anything else is answered 400 (RFC 9112 §3.2). */
function checkHost({ version, headers }: RequestHead, offset: number): void {
  const hosts = fieldLines(headers, 'host');
  const isMissing = hosts.length === 0 && version === '1.1';
  if (hosts.length > 1 || isMissing || hosts.some((host) => !HOST.test(host))) {
    const seen = hosts.length === 1 ? JSON.stringify(hosts[0]) : `${hosts.length} Host fields`;
    throw new Http1Error('HTTP1_HOST_WRONG', offset, seen, 'one Host: host[:port]');
  }
}
