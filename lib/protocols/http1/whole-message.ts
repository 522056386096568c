import { joinOctets } from '@/lib/bytes';
import type { TraceSink } from '@/lib/bytes';
import { Http1Error } from './errors';
import type { HeaderField } from './fields';
import type { Framing, MessageEvent, ReaderLimits, RequestHead, ResponseHead } from './message';
import { RequestReader } from './request-reader';
import { ResponseReader } from './response-reader';

/** Content that is kept in one piece: 16 MiB unless told otherwise. */
const MAX_CONTENT = 16 * 1024 * 1024;

/** A message with its whole content, transfer coding undone. */
export type WholeMessage<Head> = {
  readonly head: Head;
  readonly framing: Framing;
  readonly content: Uint8Array;
  readonly trailers: readonly HeaderField[];
  readonly isPersistent: boolean;
};

/** Events of one or more messages to whole messages; those that have not ended are left out. */
export function collectMessages<Head>(events: Iterable<MessageEvent<Head>>): WholeMessage<Head>[] {
  const messages: WholeMessage<Head>[] = [];
  let current: { head: Head; framing: Framing; pieces: Uint8Array[] } | undefined;
  for (const event of events) {
    if (event.type === 'head') current = { head: event.head, framing: event.framing, pieces: [] };
    else if (event.type === 'data') current?.pieces.push(event.octets);
    else if (event.type === 'end' && current) {
      const { head, framing, pieces } = current;
      const { trailers, isPersistent } = event;
      messages.push({ head, framing, content: joinOctets(pieces), trailers, isPersistent });
      current = undefined;
    }
  }
  return messages;
}

/** All requests in these octets that are whole, pipelined or one (RFC 9112 §9.3.2). @throws Http1Error */
export function decodeRequests(
  octets: Uint8Array,
  limits: ReaderLimits & { readonly allowHttp09?: boolean } = {},
  trace?: TraceSink,
): WholeMessage<RequestHead>[] {
  const reader = new RequestReader({ maxContentOctets: MAX_CONTENT, ...limits }, trace);
  return collectMessages(reader.push(octets));
}

/**
 * The responses in these octets, to requests with these methods; `isClosed`: the connection ended after them.
 * @throws Http1Error
 */
export function decodeResponses(
  octets: Uint8Array,
  methods: readonly string[] = ['GET'],
  isClosed = false,
  limits: ReaderLimits = {},
  trace?: TraceSink,
): WholeMessage<ResponseHead>[] {
  const reader = new ResponseReader({ maxContentOctets: MAX_CONTENT, ...limits }, trace);
  for (const method of methods) reader.expect(method);
  const events = reader.push(octets);
  return collectMessages(isClosed ? [...events, ...reader.end()] : events);
}

/**
 * An answer of HTTP/0.9: the document and nothing before it, to the end of the connection (RFC 1945 §6).
 * @throws Http1Error HTTP1_CONTENT_TOO_LONG
 */
export function decodeHttp09Response(octets: Uint8Array): WholeMessage<ResponseHead> {
  if (octets.length > MAX_CONTENT)
    throw new Http1Error(
      'HTTP1_CONTENT_TOO_LONG',
      MAX_CONTENT,
      String(octets.length),
      `at most ${MAX_CONTENT}`,
    );
  const head: ResponseHead = { version: '0.9', status: 200, reason: '', headers: [] };
  const framing: Framing = { kind: 'until-close', codings: [] };
  return { head, framing, content: octets, trailers: [], isPersistent: false };
}
