import { isSameOctets } from '@/lib/bytes';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import {
  extendedMasterSecret12,
  finished12,
  groupAlgorithm,
  keyBlock12,
  keyShareOf,
  NAMED_GROUPS,
  sharedSecret,
  SIGNATURE_SCHEMES,
} from '@/lib/protocols/tls';
import {
  decodeDatagram,
  decodeFragments,
  decodeMessage,
  type DtlsClientHello,
  type DtlsMessage,
  encodeFragment,
  encodeMessage,
  encodePlaintextRecord,
  EpochReader12,
  exportKeyingMaterial12,
  fragmentMessage,
  HandshakeReassembler,
  type NumberedMessage,
  type PlaintextRecord,
  protectRecord12,
  type RecordKeys12,
  transcript12,
} from '.';

const HASH = 'SHA-256';
const VERSION = 0xfefd;

/**
 * A client of 1.2 from this room's parts, for tests: it completes a handshake with a server on loopback with ECDHE and AES-128-GCM, and
 * talks. It trusts any certificate and repeats nothing.
 */
export class Client12 {
  readonly messages: NumberedMessage[] = [];
  readonly names: string[] = [];
  readonly heard: Uint8Array[] = [];
  masterSecret: Uint8Array | undefined;
  certificate: Uint8Array | undefined;
  /** What ServerHello answers. */
  serverExtensions: NonNullable<DtlsClientHello['extensions']> = [];
  fragmentsRead = 0;
  fragmentsSent = 0;
  private readonly socket: Socket = createSocket('udp4');
  private readonly port: number;
  private readonly maxFragmentOctets: number;
  private readonly clientRandom = randomBytes(32);
  private serverRandom = new Uint8Array();
  private readonly reassembler = new HandshakeReassembler();
  private readonly waiting: ((message: DtlsMessage) => void)[] = [];
  private readonly inbox: DtlsMessage[] = [];
  private sequence = [0, 0];
  private messageSeq = 0;
  private sendKeys: RecordKeys12 | undefined;
  private reader: EpochReader12 | undefined;
  private early: PlaintextRecord[] = [];
  private work: Promise<unknown> = Promise.resolve();

  constructor(port: number, maxFragmentOctets = 1200) {
    this.port = port;
    this.maxFragmentOctets = maxFragmentOctets;
    this.socket.on('message', (datagram) => {
      this.work = this.work.then(() => this.receive(Uint8Array.from(datagram)));
    });
  }

  async connect(extensions: NonNullable<DtlsClientHello['extensions']> = []): Promise<void> {
    this.socket.bind(0, '127.0.0.1');
    await once(this.socket, 'listening');
    const hello: DtlsClientHello = {
      type: 'client_hello',
      version: VERSION,
      random: this.clientRandom,
      sessionId: new Uint8Array(),
      cookie: new Uint8Array(),
      cipherSuites: [0xc02b, 0xc02f],
      compressionMethods: Uint8Array.of(0),
      extensions: [
        { type: 'supported_groups', groups: [NAMED_GROUPS.secp256r1] },
        {
          type: 'signature_algorithms',
          schemes: [SIGNATURE_SCHEMES.ecdsa_secp256r1_sha256, SIGNATURE_SCHEMES.rsa_pkcs1_sha256],
        },
        { type: 'unknown', number: 23, data: new Uint8Array() },
        ...extensions,
      ],
    };
    await this.sendMessage(hello);
    let answer = await this.next();
    if (answer.type === 'hello_verify_request') {
      await this.sendMessage({ ...hello, cookie: answer.cookie });
      answer = await this.next();
    }
    if (answer.type !== 'server_hello') throw new Error(answer.type);
    this.serverRandom = Uint8Array.from(answer.random);
    this.serverExtensions = answer.extensions ?? [];
    const certificate = await this.next();
    if (certificate.type === 'certificate_1_2') this.certificate = certificate.certificates[0];
    const exchange = await this.next();
    if (exchange.type !== 'server_key_exchange') throw new Error(exchange.type);
    const done = await this.next();
    if (done.type !== 'server_hello_done') throw new Error(done.type);
    await this.finish(exchange.group, exchange.publicKey);
  }

  private async finish(group: number, publicKey: Uint8Array): Promise<void> {
    const pair = (await crypto.subtle.generateKey(groupAlgorithm(group), true, [
      'deriveBits',
    ])) as CryptoKeyPair;
    const share = await keyShareOf(group, pair);
    await this.sendMessage({ type: 'client_key_exchange', publicKey: share.publicKey });
    const premaster = await sharedSecret(share, publicKey);
    this.masterSecret = await extendedMasterSecret12(HASH, premaster, transcript12(this.messages));
    const keys = await keyBlock12(HASH, this.masterSecret, this.randoms, 16);
    await this.sendRecord(0, 20, Uint8Array.of(1));
    this.sendKeys = { key: keys.clientKey, salt: keys.clientIv };
    const verifyData = await finished12(HASH, this.masterSecret, 'client', transcript12(this.messages));
    await this.sendMessage({ type: 'finished', verifyData });
    const expected = await finished12(HASH, this.masterSecret, 'server', transcript12(this.messages));
    this.reader = new EpochReader12({ key: keys.serverKey, salt: keys.serverIv });
    this.work = this.work.then(async () => {
      for (const record of this.early.splice(0)) await this.receiveRecord(record);
    });
    const finished = await this.next();
    if (finished.type !== 'finished') throw new Error(finished.type);
    if (!isSameOctets(finished.verifyData, expected)) throw new Error('Finished does not fit');
  }

  send(content: Uint8Array): Promise<void> {
    return this.sendRecord(1, 23, content);
  }

  export(label: string, octets: number): Promise<Uint8Array> {
    return exportKeyingMaterial12(HASH, this.masterSecret!, this.randoms, label, octets);
  }

  async close(): Promise<void> {
    if (this.sendKeys) await this.sendRecord(1, 21, Uint8Array.of(1, 0));
    this.socket.close();
  }

  private get randoms() {
    return { clientRandom: Uint8Array.from(this.clientRandom), serverRandom: this.serverRandom };
  }

  private next(): Promise<DtlsMessage> {
    const message = this.inbox.shift();
    return message ? Promise.resolve(message) : new Promise((resolve) => this.waiting.push(resolve));
  }

  private async sendMessage(message: DtlsMessage): Promise<void> {
    const numbered = encodeMessage(message, this.messageSeq++);
    this.messages.push(numbered);
    this.names.push(`client ${message.type}`);
    for (const fragment of fragmentMessage(numbered, this.maxFragmentOctets)) {
      this.fragmentsSent++;
      await this.sendRecord(this.sendKeys ? 1 : 0, 22, encodeFragment(fragment));
    }
  }

  private async sendRecord(epoch: 0 | 1, type: number, content: Uint8Array): Promise<void> {
    const record = { epoch, sequenceNumber: this.sequence[epoch]!++, type };
    const octets =
      epoch === 1
        ? await protectRecord12(this.sendKeys!, { ...record, content })
        : encodePlaintextRecord({ ...record, version: VERSION, fragment: content });
    this.socket.send(octets, this.port, '127.0.0.1');
  }

  private async receive(datagram: Uint8Array): Promise<void> {
    for (const record of decodeDatagram(datagram))
      if (record.form === 'plaintext') await this.receiveRecord(record);
  }

  private async receiveRecord(record: PlaintextRecord): Promise<void> {
    if (record.epoch === 1 && !this.reader) {
      this.early.push(record);
      return;
    }
    const content = record.epoch === 0 ? record.fragment : await this.reader?.open(record);
    if (content === undefined) return;
    if (record.type === 23) this.heard.push(content);
    if (record.type !== 22) return;
    for (const fragment of decodeFragments(content)) {
      this.fragmentsRead++;
      for (const numbered of this.reassembler.push(fragment)) this.take(numbered);
    }
  }

  private take(numbered: NumberedMessage): void {
    const message = decodeMessage(numbered, '1.2');
    this.messages.push(numbered);
    this.names.push(`server ${message.type}`);
    const waiting = this.waiting.shift();
    if (waiting) waiting(message);
    else this.inbox.push(message);
  }
}
