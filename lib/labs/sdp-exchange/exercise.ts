import { answerDirection, type Direction } from '@/lib/protocols/sdp';
import { writeOffer, type Transceiver } from '@/lib/protocols/webrtc';
import type { Exercise, ExerciseCheck } from '../define-lab';
import { ANSWER_STARTER } from './answer-starter';
import { judgeAnswer, type Own } from './answer-verdict';

const DIRECTIONS: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

const directionChecks = DIRECTIONS.flatMap((offered) =>
  DIRECTIONS.map((wanted): ExerciseCheck => ({
    id: `${offered}-${wanted}`,
    fn: 'directionOfAnswer',
    args: [offered, wanted],
    expected: answerDirection(offered, wanted),
  })),
);

const fingerprintOf = (octet: string) => Array<string>(32).fill(octet).join(':');

/** What a call of the learner's function is given as its own. */
export const OWN: Own = {
  ufrag: 'Ben1',
  pwd: 'OnlyBenKnowsThisSecret',
  fingerprint: fingerprintOf('B2'),
};

const offerOf = (transceivers: readonly Transceiver[]) =>
  writeOffer(
    {
      sessionId: 20_518,
      version: 1,
      credentials: { ufrag: 'Ada1', pwd: 'OnlyAdaKnowsThisSecret' },
      fingerprint: fingerprintOf('A1'),
      candidates: [],
      isGatheringComplete: false,
    },
    transceivers,
  );

const OFFERS: Readonly<Record<string, string>> = {
  'voice-and-data': offerOf([
    { kind: 'audio', direction: 'sendrecv', mid: '0' },
    { kind: 'application', direction: 'sendrecv', mid: '1' },
  ]),
  'data-first': offerOf([
    { kind: 'application', direction: 'sendrecv', mid: 'chat' },
    { kind: 'video', direction: 'sendonly', mid: 'screen' },
  ]),
  'voice-and-picture': offerOf([
    { kind: 'audio', direction: 'recvonly', mid: 'a' },
    { kind: 'video', direction: 'inactive', mid: 'v' },
  ]),
};

const TURNED: Readonly<Record<string, string>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};
const KEPT = /^([vstcm]=|a=(group|mid|rtcp-mux|rtpmap|fmtp|rtcp-fb|sctp-port|max-message-size)(:|$))/;

/** The solution's way: line by line, keep, turn round, put in one's own, leave out. */
function answerTo(offer: string, own: Own): string {
  const lines = offer.split('\r\n').flatMap((line) => {
    const direction = TURNED[line.slice(2)];
    if (direction !== undefined) return [`a=${direction}`];
    if (line.startsWith('o=')) return ['o=- 4242 1 IN IP4 127.0.0.1'];
    if (line.startsWith('a=ice-ufrag:')) return [`a=ice-ufrag:${own.ufrag}`];
    if (line.startsWith('a=ice-pwd:')) return [`a=ice-pwd:${own.pwd}`];
    if (line.startsWith('a=fingerprint:')) return [`a=fingerprint:sha-256 ${own.fingerprint}`];
    if (line.startsWith('a=setup:')) return ['a=setup:active'];
    return KEPT.test(line) ? [line] : [];
  });
  return lines.map((line) => `${line}\r\n`).join('');
}

/** An answer that is right but for one thing. */
const wrongBy = (change: (answer: string, offer: string) => string | number) => ({
  fn: 'createAnswer',
  wrong: (offer: string, own: Own) => change(answerTo(offer, own), offer),
});

function swapSections(answer: string): string {
  const [session = '', first = '', second = ''] = answer.split(/^(?=m=)/m);
  return session + second + first;
}

const solution = `type Own = { ufrag: string; pwd: string; fingerprint: string };

const turned: Record<string, string> = {
  sendrecv: 'sendrecv', sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive',
};
const kept = /^([vstcm]=|a=(group|mid|rtcp-mux|rtpmap|fmtp|rtcp-fb|sctp-port|max-message-size)(:|$))/;

export function createAnswer(offer: string, own: Own): string {
  const answer: string[] = [];
  for (const line of offer.split('\\r\\n')) {
    const [name] = line.slice(2).split(':');
    if (line.startsWith('o=')) answer.push('o=- 4242 1 IN IP4 127.0.0.1');
    else if (name === 'ice-ufrag') answer.push('a=ice-ufrag:' + own.ufrag);
    else if (name === 'ice-pwd') answer.push('a=ice-pwd:' + own.pwd);
    else if (name === 'fingerprint') answer.push('a=fingerprint:sha-256 ' + own.fingerprint);
    else if (name === 'setup') answer.push('a=setup:active');
    else if (name !== undefined && name in turned) answer.push('a=' + turned[name]);
    else if (kept.test(line)) answer.push(line);
  }
  return answer.join('\\r\\n') + '\\r\\n';
}
`;

/** First what a direction becomes, then a whole answer. */
export const exercise: Exercise = {
  stages: [
    {
      id: 'direction',
      starter: `type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The offer says \`offered\`, from the offerer's side. You want \`wanted\`, from yours. What does your answer say? */
export function directionOfAnswer(offered: Direction, wanted: Direction): Direction {
  return offered;
}
`,
      solution: `type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export function directionOfAnswer(offered: Direction, wanted: Direction): Direction {
  const theySend = offered === 'sendrecv' || offered === 'sendonly';
  const theyReceive = offered === 'sendrecv' || offered === 'recvonly';
  const send = theyReceive && (wanted === 'sendrecv' || wanted === 'sendonly');
  const receive = theySend && (wanted === 'sendrecv' || wanted === 'recvonly');
  if (send && receive) return 'sendrecv';
  if (send) return 'sendonly';
  return receive ? 'recvonly' : 'inactive';
}
`,
      checks: directionChecks,
      mistakes: [
        { id: 'echo', fn: 'directionOfAnswer', wrong: (offered: string) => offered },
        { id: 'wish', fn: 'directionOfAnswer', wrong: (_offered: string, wanted: string) => wanted },
        { id: 'mirror', fn: 'directionOfAnswer', wrong: (offered: string) => TURNED[offered] ?? offered },
        {
          id: 'not-turned',
          fn: 'directionOfAnswer',
          wrong: (offered: Direction, wanted: Direction) =>
            answerDirection((TURNED[offered] ?? offered) as Direction, wanted),
        },
      ],
      hints: 2,
    },
    {
      id: 'answer',
      starter: ANSWER_STARTER,
      solution,
      checks: Object.entries(OFFERS).map(([id, offer]): ExerciseCheck => ({
        id,
        fn: 'createAnswer',
        args: [offer, OWN],
        expected: answerTo(offer, OWN),
        accept: (answer) => judgeAnswer(offer, OWN, answer),
      })),
      mistakes: [
        { id: 'actpass', ...wrongBy((answer) => answer.replaceAll('a=setup:active', 'a=setup:actpass')) },
        { id: 'order', ...wrongBy(swapSections) },
        { id: 'sections', ...wrongBy((answer) => answer.slice(0, answer.lastIndexOf('m='))) },
        { id: 'mid', ...wrongBy((answer) => answer.replace(/a=mid:.*\r\n/g, '')) },
        { id: 'bundle', ...wrongBy((answer) => answer.replace(/a=group:.*\r\n/, '')) },
        {
          id: 'direction',
          ...wrongBy((answer, offer) => {
            const [said = ''] = /^a=(sendonly|recvonly)/m.exec(offer) ?? [];
            return said === '' ? answer : answer.replace(`a=${TURNED[said.slice(2)]}`, said);
          }),
        },
        { id: 'rtcp-mux', ...wrongBy((answer) => answer.replace(/a=rtcp-mux\r\n/g, '')) },
        { id: 'ice', ...wrongBy((answer) => answer.replace(/a=ice-.*\r\n/g, '')) },
        {
          id: 'copied',
          ...wrongBy((answer, offer) =>
            answer.replace(/^a=ice-ufrag:.*$/gm, /^a=ice-ufrag:.*$/m.exec(offer)?.[0] ?? ''),
          ),
        },
        { id: 'fingerprint', ...wrongBy((answer) => answer.replace(/a=fingerprint:.*\r\n/g, '')) },
        { id: 'setup', ...wrongBy((answer) => answer.replace(/a=setup:.*\r\n/g, '')) },
        { id: 'proto', ...wrongBy((answer) => answer.replace(/UDP\/(TLS\/RTP\/SAVPF|DTLS)/g, '$1')) },
        { id: 'formats', ...wrongBy((answer) => answer.replace(/^(m=(?:audio|video) .*)$/gm, '$1 101')) },
        { id: 'rtpmap', ...wrongBy((answer) => answer.replace(/a=rtpmap:.*\r\n/g, '')) },
        { id: 'rejected', ...wrongBy((answer) => answer.replace(/^(m=\w+) 9 /gm, '$1 0 ')) },
        { id: 'sctp-port', ...wrongBy((answer) => answer.replace(/a=sctp-port:.*\r\n/g, '')) },
        { id: 'connection', ...wrongBy((answer) => answer.replace(/c=.*\r\n/g, '')) },
        { id: 'session-lines', ...wrongBy((answer) => answer.replace(/o=.*\r\n/, '')) },
        { id: 'last-line', ...wrongBy((answer) => answer.trimEnd()) },
        { id: 'unreadable', ...wrongBy((answer) => answer.replace('s=-', 'the session')) },
        { id: 'not-text', ...wrongBy((answer) => answer.length) },
      ],
      hints: 4,
    },
  ],
};
