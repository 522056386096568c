import { fromHex } from '@/lib/bytes';
import type { DecodedMessage, MethodName, StunAttribute } from '@/lib/protocols/stun';
import {
  addIntegrity,
  checkIntegrity,
  decodeMessage,
  encodeMessage,
  errorCodeOf,
  findAttribute,
  longTermKey,
} from '@/lib/protocols/stun';
import type { TransportAddress } from '@/lib/protocols/udp';
import type { TurnOutput, TurnServer } from '.';

/** A client for tests: asks, is challenged, asks again with credentials; keeps its nonce. */
export class TestClient {
  nowMs = 0;
  nonce: string | undefined;
  readonly server: TurnServer;
  readonly address: TransportAddress;
  readonly username: string;
  readonly password: string;
  #transactions = 0;

  constructor(server: TurnServer, address: TransportAddress, username = 'user', password = 'pass') {
    this.server = server;
    this.address = address;
    this.username = username;
    this.password = password;
  }

  nextTransactionId(): Uint8Array {
    return fromHex((++this.#transactions).toString(16).padStart(24, '0'));
  }

  async send(octets: Uint8Array): Promise<TurnOutput[]> {
    return this.server.receive(this.address, octets, this.nowMs);
  }

  /** One request as it is, unsigned. */
  async ask(method: MethodName, attributes: readonly StunAttribute[]): Promise<DecodedMessage> {
    const transactionId = this.nextTransactionId();
    return answerOf(await this.send(encodeMessage({ class: 'request', method, transactionId, attributes })));
  }

  /** Signed; challenged first if there is no nonce yet. */
  async request(
    method: MethodName,
    attributes: readonly StunAttribute[] = [],
    transactionId = this.nextTransactionId(),
  ): Promise<DecodedMessage> {
    this.nonce ??= findAttribute(await this.ask(method, []), 'NONCE') ?? '';
    const credentials: StunAttribute[] = [
      { name: 'USERNAME', value: this.username },
      { name: 'REALM', value: 'example.org' },
      { name: 'NONCE', value: this.nonce },
    ];
    const message = {
      class: 'request' as const,
      method,
      transactionId,
      attributes: [...attributes, ...credentials],
    };
    const key = await longTermKey({ username: this.username, realm: 'example.org', password: this.password });
    const outputs = await this.send(await addIntegrity(encodeMessage(message), key));
    const answer = answerOf(outputs);
    const octets = outputs[0]?.to === 'client' ? outputs[0].octets : new Uint8Array();
    if (answer.class === 'success' && !(await checkIntegrity(octets, key)))
      throw new Error('unsigned answer');
    return answer;
  }

  /** The error code of the answer, or the class if it is none. */
  async outcome(method: MethodName, attributes: readonly StunAttribute[] = []): Promise<number | string> {
    const answer = await this.request(method, attributes);
    return errorCodeOf(answer) ?? answer.class;
  }

  async allocate(...attributes: StunAttribute[]): Promise<TransportAddress> {
    const answer = await this.request('Allocate', [
      { name: 'REQUESTED-TRANSPORT', value: 17 },
      ...attributes,
    ]);
    const relayed = findAttribute(answer, 'XOR-RELAYED-ADDRESS');
    if (!relayed) throw new Error(`no allocation: ${errorCodeOf(answer)}`);
    return relayed;
  }
}

/** The one answer that goes to the client. */
export function answerOf(outputs: readonly TurnOutput[]): DecodedMessage {
  const [output] = outputs;
  const message = output?.to === 'client' ? decodeMessage(output.octets) : undefined;
  if (!message || outputs.length !== 1) throw new Error(`${outputs.length} outputs, expected one answer`);
  return message;
}
