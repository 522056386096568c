import type { TraceSink } from '@/lib/bytes';
import { Http1Error } from './errors';
import type { HeaderField } from './fields';
import { responseFraming } from './framing';
import type { Framing, ReaderLimits, ResponseHead } from './message';
import { MessageReader } from './message-reader';
import { parseStatusLine } from './start-line';

/** Requests that may wait for their answers on one connection. */
const MAX_EXPECTED = 1000;

/**
 * A client's side of a connection: responses in the order of the requests (RFC 9112 §9.3.2). Their length depends on the
 * method that was asked with, so say it with `expect` before the answer comes; 1xx answers do not use it up.
 */
export class ResponseReader extends MessageReader<Omit<ResponseHead, 'headers'>, ResponseHead> {
  protected readonly joinsFoldedLines = true;
  private readonly expected: string[] = [];

  constructor(limits: ReaderLimits = {}, trace?: TraceSink) {
    super(limits, trace);
  }

  /** A request with this method was sent. */
  expect(method: string): this {
    if (this.expected.length >= MAX_EXPECTED)
      throw new Http1Error('HTTP1_RESPONSE_UNEXPECTED', 0, 'too many requests', `at most ${MAX_EXPECTED}`);
    this.expected.push(method);
    return this;
  }

  protected parseStart(line: string, offset: number, trace?: TraceSink): Omit<ResponseHead, 'headers'> {
    if (this.expected.length === 0)
      throw new Http1Error('HTTP1_RESPONSE_UNEXPECTED', offset, 'a response', 'nothing: no request waits');
    return parseStatusLine(line, offset, trace);
  }

  /** 101 is the last message of HTTP on its connection. */
  protected isInterim({ status }: ResponseHead): boolean {
    return status < 200 && status !== 101;
  }

  protected finishHead(
    start: Omit<ResponseHead, 'headers'>,
    headers: HeaderField[],
    offset: number,
  ): [ResponseHead, Framing] {
    const head = { ...start, headers };
    const method = (this.isInterim(head) ? this.expected[0] : this.expected.shift()) ?? 'GET';
    return [head, responseFraming(head, method, offset)];
  }
}
