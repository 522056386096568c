import {
  acceptKeySteps,
  parseExtensions,
  parseHead,
  upgradeRequestProblems,
  upgradeResponseProblems,
  WebSocketHandshakeError,
  type AcceptKeySteps,
} from '@/lib/protocols/websocket';
import type { MessageRef } from '@/lib/text/text';
import { DEFLATE_OFFER, listOf, requestOf, responseOf } from './messages';
import type { WsHandshakeParams } from './params';
import { readingOf, type ReadingStep } from './reading';

export type HandshakeProblem = {
  code: string;
  ref: string;
  status: number;
  offset: number;
  text: MessageRef;
};

/** One line of a head; `id` names it in the catalogue (`lines.<id>`). `offset` in octets. */
export type HeadLine = { id: string; text: string; offset: number; problem?: HandshakeProblem };

export type WsHandshakeResult = {
  request: string;
  response: string;
  requestLines: readonly HeadLine[];
  responseLines: readonly HeadLine[];
  /** All that the server finds wrong, and all that the browser does. */
  requestProblems: readonly HandshakeProblem[];
  responseProblems: readonly HandshakeProblem[];
  acceptSteps: AcceptKeySteps;
  outcome: 'open' | 'refused' | 'failed';
  /** Of an answer with 101: what it says was chosen. */
  subprotocol: string | undefined;
  extensions: string | undefined;
  reading: readonly ReadingStep[];
};

/** Both messages of the handshake, and what each end says to what it gets. Never throws. */
export function runHandshake(params: WsHandshakeParams): WsHandshakeResult {
  const request = requestOf(params);
  const requestErrors = problemsIn(request, upgradeRequestProblems);
  const refused = requestErrors.length > 0;
  const response = responseOf(params, requestErrors[0]);
  const offer = {
    key: params.key,
    subprotocols: listOf(params.offered),
    extensions: params.offersDeflate ? parseExtensions(DEFLATE_OFFER) : [],
  };
  const isBrowser = params.client === 'browser';
  const responseErrors = problemsIn(response, (head) =>
    upgradeResponseProblems(head, { ...offer, isBrowser }),
  );
  // A browser judges in order and stops at the first; a refusal is no answer to look for more in.
  const seen = refused ? responseErrors.slice(0, 1) : responseErrors;
  const [requestProblems, responseProblems] = [requestErrors.map(problemOf), seen.map(problemOf)];
  const found = {
    request,
    response,
    requestLines: linesOf(request, requestProblems),
    responseLines: linesOf(response, responseProblems),
    requestProblems,
    responseProblems,
    acceptSteps: acceptKeySteps(params.key),
    outcome: refused ? ('refused' as const) : seen.length > 0 ? ('failed' as const) : ('open' as const),
    subprotocol: fieldIn(response, 'Sec-WebSocket-Protocol'),
    extensions: fieldIn(response, 'Sec-WebSocket-Extensions'),
  };
  return { ...found, reading: readingOf(found, params) };
}

type Judge = typeof upgradeRequestProblems;

function problemsIn(text: string, judge: Judge): WebSocketHandshakeError[] {
  try {
    const head = parseHead(new TextEncoder().encode(text));
    return head ? judge(head) : [];
  } catch (error) {
    if (error instanceof WebSocketHandshakeError) return [error];
    throw error;
  }
}

function problemOf({ code, ref, status, offset, seen, expected }: WebSocketHandshakeError): HandshakeProblem {
  return {
    code,
    ref,
    status,
    offset,
    text: { key: `problems.${code}`, values: { seen: unquoted(seen), expected } },
  };
}

const unquoted = (text: string): string => text.replace(/^"|"$/g, '');

function linesOf(text: string, problems: readonly HandshakeProblem[]): HeadLine[] {
  let offset = 0;
  return text
    .split('\r\n')
    .slice(0, -2)
    .map((line, index) => {
      const at = offset;
      offset += line.length + 2;
      const name = line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase();
      const id = index === 0 ? (line.startsWith('HTTP/') ? 'status-line' : 'request-line') : name;
      const problem = problems.find((one) => one.offset === at && isAbout(one.code, index));
      return { id, text: line, offset: at, ...(problem && { problem }) };
    });
}

/** What is missing is at octet 0 as well, but is not the first line's fault. */
const START_LINE = /(METHOD|HTTP_VERSION|STATUS|MALFORMED)$/;
const isAbout = (code: string, index: number): boolean => index > 0 || START_LINE.test(code);

function fieldIn(text: string, name: string): string | undefined {
  const line = text.split('\r\n').find((one) => one.startsWith(`${name}: `));
  return line?.slice(name.length + 2);
}
