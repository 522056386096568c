import type { DtlsVersion } from './messages';
import type { DTLS_HANDSHAKE_TYPES } from './registry';

/** Which end of an association. */
export type Role = 'client' | 'server';

/** A message's place in a flight; `change_cipher_spec` and `ack` are records of their own type, not handshake messages. */
export type FlightStep = {
  name: keyof typeof DTLS_HANDSHAKE_TYPES | 'change_cipher_spec' | 'ack';
  epoch: number;
  /** May be missing, as certificates are where nobody asks for them. */
  isOptional?: true;
};

/** Messages that one end sends before it hears the other again (RFC 9147 §5.7). */
export type FlightPlan = {
  sender: Role;
  steps: readonly FlightStep[];
  /** The server keeps no state yet, and so no timer: the client repeats (RFC 9147 §5.1, RFC 6347 §4.2.1). */
  isStateless?: true;
};

/** A handshake's flights; the figure that draws it. */
export type Exchange = { name: string; version: DtlsVersion; ref: string; flights: readonly FlightPlan[] };

type Name = FlightStep['name'];
const steps = (epoch: number, ...names: (Name | `${Name}?`)[]): FlightStep[] =>
  names.map((it) =>
    it.endsWith('?')
      ? { name: it.slice(0, -1) as Name, epoch, isOptional: true }
      : { name: it as Name, epoch },
  );

const hello: FlightPlan = { sender: 'client', steps: steps(0, 'client_hello') };
const verify: FlightPlan = { sender: 'server', steps: steps(0, 'hello_verify_request'), isStateless: true };
const retry: FlightPlan = { sender: 'server', steps: steps(0, 'server_hello'), isStateless: true };
const answer12: FlightPlan = {
  sender: 'server',
  steps: steps(
    0,
    ...([
      'server_hello',
      'certificate?',
      'server_key_exchange?',
      'certificate_request?',
      'server_hello_done',
    ] as const),
  ),
};
const keys12: FlightPlan = {
  sender: 'client',
  steps: [
    ...steps(0, 'certificate?', 'client_key_exchange', 'certificate_verify?', 'change_cipher_spec'),
    ...steps(1, 'finished'),
  ],
};
const finished12: FlightPlan = {
  sender: 'server',
  steps: [...steps(0, 'new_session_ticket?', 'change_cipher_spec'), ...steps(1, 'finished')],
};
const answer13: FlightPlan = {
  sender: 'server',
  steps: [
    ...steps(0, 'server_hello'),
    ...steps(
      2,
      ...([
        'encrypted_extensions',
        'certificate_request?',
        'certificate?',
        'certificate_verify?',
        'finished',
      ] as const),
    ),
  ],
};
const finished13: FlightPlan = {
  sender: 'client',
  steps: steps(2, 'certificate?', 'certificate_verify?', 'finished'),
};
const ack13: FlightPlan = { sender: 'server', steps: steps(3, 'ack') };

/** The handshakes of both versions, flight by flight. */
export const EXCHANGES: readonly Exchange[] = [
  {
    name: '1.2 with cookie',
    version: '1.2',
    ref: 'RFC 6347 §4.2.4, figure 1',
    flights: [hello, verify, hello, answer12, keys12, finished12],
  },
  {
    name: '1.2 without cookie',
    version: '1.2',
    ref: 'RFC 6347 §4.2.1',
    flights: [hello, answer12, keys12, finished12],
  },
  {
    name: '1.2 resumed',
    version: '1.2',
    ref: 'RFC 6347 §4.2.4, figure 2',
    flights: [
      hello,
      {
        sender: 'server',
        steps: [
          ...steps(0, 'server_hello', 'new_session_ticket?', 'change_cipher_spec'),
          ...steps(1, 'finished'),
        ],
      },
      { sender: 'client', steps: [...steps(0, 'change_cipher_spec'), ...steps(1, 'finished')] },
    ],
  },
  {
    name: '1.3 with cookie',
    version: '1.3',
    ref: 'RFC 9147 §5.7, figure 6',
    flights: [hello, retry, hello, answer13, finished13, ack13],
  },
  {
    name: '1.3 without cookie',
    version: '1.3',
    ref: 'RFC 9147 §5.7',
    flights: [hello, answer13, finished13, ack13],
  },
];

/** Who sent which message, in order: what a recording or a transcript has. */
export type SentMessage = { sender: Role; name: Name };

/** Messages grouped into flights: one ends when the other end speaks (RFC 9147 §5.7). */
export function splitFlights<M extends { sender: Role }>(
  messages: readonly M[],
): { sender: Role; messages: M[] }[] {
  const flights: { sender: Role; messages: M[] }[] = [];
  for (const message of messages) {
    const last = flights.at(-1);
    if (last?.sender === message.sender) last.messages.push(message);
    else flights.push({ sender: message.sender, messages: [message] });
  }
  return flights;
}

/** The exchange that these messages are, each counted once; undefined: none of `EXCHANGES`. */
export function recognizeExchange(
  version: DtlsVersion,
  messages: readonly SentMessage[],
): Exchange | undefined {
  const flights = splitFlights(messages);
  return EXCHANGES.find(
    (exchange) =>
      exchange.version === version &&
      exchange.flights.length === flights.length &&
      exchange.flights.every(
        ({ sender, steps: plan }, index) =>
          sender === flights[index]!.sender && isPlayed(plan, flights[index]!.messages),
      ),
  );
}

/** Whether the messages are the plan's, in its order, with nothing missing but what may. */
function isPlayed(plan: readonly FlightStep[], messages: readonly SentMessage[]): boolean {
  let next = 0;
  for (const { name, isOptional } of plan) {
    if (messages[next]?.name === name) next++;
    else if (!isOptional) return false;
  }
  return next === messages.length;
}
