import type { IceCredentials } from './identity';
import { connectionStateOf, type ConnectionState, type DtlsState, type IceConnectionState } from './states';

/** What goes over the media path: STUN checks (RFC 8445 §7) and the flights of a DTLS 1.3 handshake (RFC 9147 §5). */
export type PathPacket =
  | { kind: 'check'; username: string; pwd: string; address: string }
  | { kind: 'check-reply'; address: string }
  | { kind: 'client-hello' }
  | { kind: 'server-flight' | 'client-flight'; fingerprint: string }
  | { kind: 'alert'; reason: 'unexpected_message' | 'bad_certificate' };

export type DtlsRole = 'client' | 'server';

/** What a transport needs of the world: a way to the other end, and somebody to tell. */
export type TransportHost = {
  send(packet: PathPacket): void;
  tell(rule: string, ref: string, values?: Record<string, string | number>): void;
};

/**
 * The one ICE transport of a bundled session and the DTLS transport above it. Starts what it knows enough for:
 * checks with both ends' credentials and a candidate, the handshake with a working pair, a role and a fingerprint.
 */
export class Transport {
  ice: IceConnectionState = 'new';
  dtls: DtlsState = 'new';
  role: DtlsRole | null = null;
  #local: IceCredentials | null = null;
  #remote: (IceCredentials & { fingerprint: string | undefined }) | null = null;
  readonly #candidates = new Set<string>();
  readonly #checked = new Set<string>();
  #holdsHello = false;
  readonly #ownFingerprint: string;
  readonly #ownAddress: string;
  readonly #host: TransportHost;

  constructor(ownFingerprint: string, ownAddress: string, host: TransportHost) {
    this.#ownFingerprint = ownFingerprint;
    this.#ownAddress = ownAddress;
    this.#host = host;
  }

  get connection(): ConnectionState {
    return connectionStateOf(this.ice, this.dtls);
  }

  /** This end's credentials, from its local description; null once that was rolled back. */
  setLocal(credentials: IceCredentials | null): void {
    this.#local = credentials;
  }

  /** The other end's, from the remote description. Other credentials than before restart ICE (RFC 8839 §4.4.1.1.1). */
  setRemote(remote: IceCredentials & { fingerprint: string | undefined }): void {
    const restarts = this.#remote !== null && this.#remote.ufrag !== remote.ufrag;
    this.#remote = remote;
    if (!restarts) return;
    this.#candidates.clear();
    this.#checked.clear();
    if (this.ice === 'connected') this.#host.tell('ice.restarted', 'RFC 8445 §9');
    this.ice = this.ice === 'new' ? 'new' : 'checking';
  }

  /** A place to try: from a description, a trickled candidate, or the source of a check. */
  addCandidate(address: string): void {
    this.#candidates.add(address);
    this.advance();
  }

  /** Does all that is possible now. */
  advance(): void {
    this.#check();
    if (this.ice === 'connected' && this.role !== null && this.#remote !== null) this.#handshake();
  }

  receive(packet: PathPacket): void {
    switch (packet.kind) {
      case 'check':
        return this.#answerCheck(packet);
      case 'check-reply':
        return this.#takeReply(packet.address);
      case 'client-hello':
        return this.#takeHello();
      case 'server-flight':
        return this.#takeServerFlight(packet.fingerprint);
      case 'client-flight':
        return this.#takeClientFlight(packet.fingerprint);
      case 'alert':
        return this.#takeAlert(packet.reason);
    }
  }

  #check(): void {
    if (!this.#local || !this.#remote) return;
    for (const address of this.#candidates) {
      if (this.#checked.has(address)) continue;
      this.#checked.add(address);
      if (this.ice === 'new') this.ice = 'checking';
      this.#host.tell('ice.check', 'RFC 8445 §7.2', { address });
      const { ufrag, pwd } = this.#remote;
      this.#host.send({
        kind: 'check',
        username: `${ufrag}:${this.#local.ufrag}`,
        pwd,
        address: this.#ownAddress,
      });
    }
  }

  #answerCheck({ username, pwd, address }: Extract<PathPacket, { kind: 'check' }>): void {
    const [ufrag] = username.split(':');
    if (!this.#local || ufrag !== this.#local.ufrag || pwd !== this.#local.pwd) {
      this.#host.tell('ice.check-refused', 'RFC 8445 §7.3', { ufrag: ufrag ?? '' });
      return;
    }
    if (this.ice === 'new') this.ice = 'checking';
    const isNew = !this.#candidates.has(address);
    this.#candidates.add(address);
    this.#host.tell(isNew ? 'ice.prflx' : 'ice.check-answered', 'RFC 8445 §7.3.1.3', { address });
    this.#host.send({ kind: 'check-reply', address: this.#ownAddress });
    this.#check();
  }

  #takeReply(address: string): void {
    if (this.ice === 'connected') return;
    this.ice = 'connected';
    this.#host.tell('ice.connected', 'RFC 8445 §7.2.5.3', { address });
    this.advance();
  }

  #handshake(): void {
    if (this.dtls === 'new') {
      this.dtls = 'connecting';
      if (this.role === 'client') {
        this.#host.tell('dtls.hello', 'RFC 8842 §5.3');
        this.#host.send({ kind: 'client-hello' });
      } else if (!this.#holdsHello) this.#host.tell('dtls.waits', 'RFC 8842 §5.3');
    }
    if (this.#holdsHello && this.dtls === 'connecting') {
      this.#holdsHello = false;
      this.#takeHello();
    }
  }

  #takeHello(): void {
    if (this.dtls === 'failed') return;
    // It may overtake the answer (RFC 8842 §5.2): then it is kept until the answer says what it means.
    if (this.dtls === 'new') {
      this.#holdsHello = true;
      // Somebody is the client already, so this end, which left the choice, is the server.
      this.role ??= 'server';
      this.#host.tell('dtls.held', 'RFC 8842 §5.2');
    } else if (this.role === 'client') {
      this.#fail('unexpected_message', 'dtls.two-clients', 'RFC 8446 §4.1.2');
    } else if (this.dtls === 'connecting') {
      this.#host.tell('dtls.server-flight', 'RFC 9147 §5');
      this.#host.send({ kind: 'server-flight', fingerprint: this.#ownFingerprint });
    }
  }

  #takeServerFlight(fingerprint: string): void {
    if (this.dtls !== 'connecting' || !this.#matches(fingerprint)) return;
    this.dtls = 'connected';
    this.#host.tell('dtls.client-done', 'RFC 8122 §5');
    this.#host.send({ kind: 'client-flight', fingerprint: this.#ownFingerprint });
  }

  #takeClientFlight(fingerprint: string): void {
    if (this.dtls !== 'connecting' || !this.#matches(fingerprint)) return;
    this.dtls = 'connected';
    this.#host.tell('dtls.server-done', 'RFC 8122 §5');
  }

  /** Is the certificate the one that the other side announced through the signaling channel? */
  #matches(fingerprint: string): boolean {
    if (fingerprint === this.#remote?.fingerprint) return true;
    this.#fail('bad_certificate', 'dtls.fingerprint', 'RFC 8122 §6.2');
    return false;
  }

  #fail(reason: 'unexpected_message' | 'bad_certificate', rule: string, ref: string): void {
    this.dtls = 'failed';
    this.#host.tell(rule, ref);
    this.#host.send({ kind: 'alert', reason });
  }

  #takeAlert(reason: string): void {
    if (this.dtls === 'failed') return;
    this.dtls = 'failed';
    this.#host.tell('dtls.alert', 'RFC 8446 §6.2', { reason });
  }
}
