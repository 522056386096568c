import { quote, SdpError } from './errors';
import { octetsBefore } from './octets';

/** A place where a peer may be reached (RFC 8839 §5.1). */
export type Candidate = {
  /** Candidates alike in type, base, server and transport share it: 1 to 32 letters, digits, "+" or "/". */
  foundation: string;
  /** 1 is RTP (and all else), 2 is RTCP on a port of its own. */
  component: number;
  /** As written: `udp` or `UDP`, `tcp` … */
  transport: string;
  priority: number;
  /** An IPv4 or IPv6 address, or a name: browsers hide theirs behind `….local`. */
  address: string;
  port: number;
  type: 'host' | 'srflx' | 'prflx' | 'relay' | (string & {});
  relatedAddress?: string;
  relatedPort?: number;
  /** What follows, in order: `tcptype` (RFC 6544), `generation`, `ufrag`, `network-id` … */
  extensions: { name: string; value: string }[];
};

type Word = { text: string; start: number };
const FOUNDATION = /^[A-Za-z0-9+/]{1,32}$/;
const DIGITS = /^(0|[1-9]\d*)$/;

/**
 * `candidate:…` to its fields; `a=` before it and a line end after it may stand. `writeCandidate` gives it back.
 * An empty extension value cannot be written, so words come in pairs.
 * @throws SdpError SDP_CANDIDATE_MALFORMED with the octet of the word at fault
 */
export function parseCandidate(text: string): Candidate {
  const prefix = /^(?:a=)?candidate:/.exec(text)?.[0];
  const fail = (index: number, seen: string, expected: string) =>
    new SdpError('SDP_CANDIDATE_MALFORMED', { offset: octetsBefore(text, index), line: 1 }, seen, expected);
  if (prefix === undefined) throw fail(0, quote(text), '"candidate:"');
  const words = wordsOf(text.replace(/\r?\n$/, ''), prefix.length);
  let next = 0;
  const take = (expected: string, isRight: (word: string) => boolean): string => {
    const word: Word = words[next++] ?? { text: '', start: text.length };
    if (!isRight(word.text))
      throw fail(word.start, word.text === '' ? 'nothing' : quote(word.text), expected);
    return word.text;
  };
  const takeNumber = (what: string, min: number, max: number) =>
    Number(
      take(
        `${what} from ${min} to ${max}`,
        (word) => DIGITS.test(word) && Number(word) >= min && Number(word) <= max,
      ),
    );
  const isWord = (word: string) => word !== '';

  const candidate: Candidate = {
    foundation: take('a foundation: 1 to 32 letters, digits, "+" or "/"', (word) => FOUNDATION.test(word)),
    component: takeNumber('a component', 1, 256),
    transport: take('a transport', isWord),
    priority: takeNumber('a priority', 0, 2 ** 32 - 1),
    address: take('an address', isWord),
    port: takeNumber('a port', 0, 65_535),
    type: (take('"typ"', (word) => word === 'typ'), take('a candidate type', isWord)),
    extensions: [],
  };
  if (words[next]?.text === 'raddr') {
    next++;
    candidate.relatedAddress = take('an address', isWord);
  }
  if (words[next]?.text === 'rport') {
    next++;
    candidate.relatedPort = takeNumber('a port', 0, 65_535);
  }
  while (next < words.length) {
    candidate.extensions.push({
      name: take('an extension’s name', isWord),
      value: take('an extension’s value', isWord),
    });
  }
  return candidate;
}

/** Fields to `candidate:…`, as `RTCIceCandidate.candidate` has it and `a=` lines take it. */
export function writeCandidate(candidate: Candidate): string {
  return `candidate:${candidateValue(candidate)}`;
}

/** The value of the `a=candidate:` attribute. */
export function candidateValue(candidate: Candidate): string {
  const { foundation, component, transport, priority, address, port, type } = candidate;
  let text = `${foundation} ${component} ${transport} ${priority} ${address} ${port} typ ${type}`;
  if (candidate.relatedAddress !== undefined) text += ` raddr ${candidate.relatedAddress}`;
  if (candidate.relatedPort !== undefined) text += ` rport ${candidate.relatedPort}`;
  for (const { name, value } of candidate.extensions) text += ` ${name} ${value}`;
  return text;
}

/** `active`, `passive` or `so` of a TCP candidate (RFC 6544 §4.5). */
export function tcpTypeOf(candidate: Candidate): string | undefined {
  return candidate.extensions.find(({ name }) => name === 'tcptype')?.value;
}

function wordsOf(text: string, from: number): Word[] {
  const words: Word[] = [];
  for (let start = from; start <= text.length;) {
    const space = text.indexOf(' ', start);
    const stop = space < 0 ? text.length : space;
    words.push({ text: text.slice(start, stop), start });
    start = stop + 1;
  }
  return words;
}
