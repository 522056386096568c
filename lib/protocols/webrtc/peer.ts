import type { Random } from '@/lib/sim';
import { writeAnswer, refusalOf } from './answer';
import { candidateText } from './candidates';
import { candidateAddressesOf, createCredentials, createFingerprint, type IceCredentials } from './identity';
import { writeOffer, type MediaKind, type OwnLines, type Transceiver } from './offer';
import { readDescription, roleOfAuthor, roleOfReader, type Reading } from './reading';
import type { CandidateSignal, DescriptionSignal, PeerId, Signal } from './signals';
import {
  createSignaling,
  localOf,
  mayApply,
  remoteOf,
  stepSignaling,
  type Signaling,
} from './signaling-state';
import type { IceGatheringState } from './states';
import type { NamedDescription, PeerView } from './trace';
import { Transport, type PathPacket } from './transport';
import { onRemoteDescription, parseCandidate } from '../sdp';

/** A host candidate is known as soon as the socket is open. */
const HOST_CANDIDATE_AFTER_MS = 5;
/** The W3C's pattern for both sides calling at once. */
const PERFECT_NEGOTIATION = 'W3C webrtc §10.7';

export type PeerOptions = {
  id: PeerId;
  /** Send candidates as they are found (RFC 8838), or wait and put all of them into the description. */
  trickle: boolean;
  /** Until the STUN server has answered, which ends the gathering. */
  gatheringMs: number;
  /** In a collision of offers, gives way: takes its own back. */
  polite: boolean;
};

/** What a peer needs of the world. */
export type PeerHost = {
  after(delayMs: number, action: () => void): void;
  signal(signal: Signal): void;
  sendOnPath(packet: PathPacket): void;
  tell(rule: string, ref: string, values?: Record<string, string | number>): void;
  /** Gives a description of this peer its name. */
  nameOf(type: 'offer' | 'answer'): string;
  keep(description: NamedDescription): void;
};

/**
 * One end of an exchange: what RTCPeerConnection does (RFC 8829), and around it the few lines that an application
 * adds, which pass signals on and settle collisions.
 */
export class Peer {
  readonly transport: Transport;
  readonly transceivers: Transceiver[] = [];
  gathering: IceGatheringState = 'new';
  signaling: Signaling<NamedDescription> = createSignaling();
  readonly #options: PeerOptions;
  readonly #host: PeerHost;
  readonly #random: Random;
  readonly #fingerprint: string;
  readonly #sessionId: number;
  #version = 0;
  #credentials: IceCredentials;
  #candidates: string[] = [];
  #early: CandidateSignal[] = [];
  #ignoresOffer = false;
  /** Those that got their section by the offer that is pending. */
  #proposed: Transceiver[] = [];
  /** Descriptions read so far: a handful, each read once. */
  readonly #readings = new Map<string, Reading>();
  /** Told once the last candidate is there; only without trickle. */
  #onGathered: (() => void) | undefined;

  constructor(options: PeerOptions, random: Random, host: PeerHost) {
    this.#options = options;
    this.#host = host;
    this.#random = random;
    this.#sessionId = random.integer(10 ** 8, 10 ** 9);
    this.#fingerprint = createFingerprint(random);
    this.#credentials = createCredentials(random);
    const { address, port } = this.#addresses[0]!;
    this.transport = new Transport(this.#fingerprint, `${address}:${port}`, {
      send: (packet) => host.sendOnPath(packet),
      tell: (rule, ref, values) => host.tell(rule, ref, values),
    });
  }

  get #addresses() {
    return candidateAddressesOf(this.#options.id);
  }

  get view(): PeerView {
    const { state, currentLocal, currentRemote, pendingLocal, pendingRemote } = this.signaling;
    return {
      signalingState: state,
      iceGatheringState: this.gathering,
      iceConnectionState: this.transport.ice,
      dtlsState: this.transport.dtls,
      connectionState: this.transport.connection,
      currentLocal: currentLocal?.name ?? null,
      currentRemote: currentRemote?.name ?? null,
      pendingLocal: pendingLocal?.name ?? null,
      pendingRemote: pendingRemote?.name ?? null,
    };
  }

  /** addTransceiver or createDataChannel. */
  add(kind: MediaKind): void {
    this.transceivers.push({ kind, direction: 'sendrecv', mid: null });
  }

  /** Sends what it has and hears nothing: a call on hold. */
  hold(): void {
    for (const transceiver of this.transceivers)
      if (transceiver.kind === 'audio') transceiver.direction = 'sendonly';
  }

  /** Makes the next offer start ICE over (RFC 8829 §4.1.8, iceRestart). */
  restartIce(): void {
    this.#renew();
  }

  /** createOffer, setLocalDescription, and sending it. A peer that is in the middle of an exchange waits instead. */
  offer(): void {
    if (this.signaling.state !== 'stable') {
      this.#host.tell('offer.waits', 'W3C webrtc §4.7.3', { state: this.signaling.state });
      return;
    }
    const used = this.transceivers.flatMap(({ mid }) => (mid === null ? [] : [Number(mid)]));
    let next = Math.max(-1, ...used) + 1;
    this.#proposed = this.transceivers.filter(({ mid }) => mid === null);
    for (const transceiver of this.#proposed) transceiver.mid = String(next++);
    const again = this.signaling.currentLocal !== null;
    this.#version++;
    this.#applyLocal('offer', () => writeOffer(this.#ownLines, this.transceivers), {
      rule: again ? 'offer.again' : 'offer.local',
      ref: again ? 'RFC 8829 §5.2.2' : 'RFC 8829 §5.2.1',
      values: { sections: this.transceivers.length, version: this.#version },
    });
  }

  receive(signal: Signal, name: string): void {
    if (signal.type === 'candidate') this.#takeCandidate(signal);
    else if (signal.type === 'offer') this.#takeOffer(signal, name);
    else this.#takeAnswer(signal, name);
  }

  #takeOffer(signal: DescriptionSignal, name: string): void {
    const choice = onRemoteDescription(
      { isPolite: this.#options.polite, state: this.signaling.state, isMakingOffer: false },
      'offer',
    );
    this.#ignoresOffer = choice === 'ignore';
    if (this.#ignoresOffer) return this.#host.tell('glare.ignored', PERFECT_NEGOTIATION, { name });
    if (choice === 'roll back') this.#rollBack();
    const reading = this.#read(signal.sdp);
    const before = remoteOf(this.signaling);
    if (before && this.#read(before.sdp).ufrag !== reading.ufrag) this.#renew();
    this.#applyRemote(signal, name, reading);
    this.#associate(reading);
    this.#version++;
    const answer = () => writeAnswer(reading.description, this.#ownLines, this.transceivers);
    const setup = this.#read(answer()).setup ?? '';
    this.transport.role ??= roleOfAuthor(setup);
    this.#applyLocal('answer', answer, {
      rule: 'answer.local',
      ref: 'RFC 8829 §5.3.1',
      values: { offer: name, setup, offered: reading.setup ?? '' },
    });
    this.#useCandidates(reading);
  }

  #takeAnswer(signal: DescriptionSignal, name: string): void {
    this.#ignoresOffer = false;
    const { state } = this.signaling;
    if (!mayApply(state, 'remote', 'answer'))
      return this.#host.tell('remote.wrong-state', 'RFC 8829 §4.1.12', { name, state });
    const offer = localOf(this.signaling);
    const reading = this.#read(signal.sdp);
    const refusal = offer && refusalOf(this.#read(offer.sdp).description, reading.description);
    if (refusal) return this.#host.tell('remote.refused', 'RFC 8829 §5.11', { name, problem: refusal });
    const role = roleOfReader(reading.setup);
    const isKept = this.transport.role !== null && this.transport.role !== role;
    this.transport.role ??= role;
    this.#applyRemote(signal, name, reading);
    if (isKept) this.#host.tell('dtls.role-kept', 'RFC 8842 §5.2', { role });
    this.#useCandidates(reading);
  }

  #takeCandidate(signal: CandidateSignal): void {
    if (this.#ignoresOffer) return this.#host.tell('candidate.ignored', PERFECT_NEGOTIATION);
    const remote = remoteOf(this.signaling);
    const { address, port, type } = parseCandidate(signal.candidate);
    const values = { address: `${address}:${port}`, type };
    if (!remote) {
      this.#early.push(signal);
      return this.#host.tell('candidate.early', 'RFC 8829 §4.1.19', values);
    }
    if (signal.usernameFragment !== this.#read(remote.sdp).ufrag)
      return this.#host.tell('candidate.stale', 'RFC 8838 §11', values);
    this.#host.tell(`candidate.${type}`, 'RFC 8838 §11', values);
    if (type === 'host') this.transport.addCandidate(values.address);
  }

  #applyLocal(
    type: 'offer' | 'answer',
    write: () => string,
    told: { rule: string; ref: string; values: Record<string, string | number> },
  ): void {
    const name = this.#host.nameOf(type);
    const description = { name, by: this.#options.id, type, sdp: write() };
    this.signaling = stepSignaling(this.signaling, 'local', type, description);
    this.transport.setLocal(this.#credentials);
    this.#host.keep(description);
    this.#host.tell(told.rule, told.ref, { ...told.values, name });
    const send = ({ sdp }: { sdp: string }) => this.#host.signal({ type, sdp });
    if (this.#options.trickle || this.gathering === 'complete') send(description);
    else
      this.#onGathered = () => {
        const complete = { ...description, sdp: write() };
        this.#host.keep(complete);
        send(complete);
      };
    this.#gather();
  }

  #applyRemote(signal: DescriptionSignal, name: string, reading: Reading): void {
    const { ufrag, pwd, fingerprint, sections } = reading;
    const by = this.#options.id === 'ada' ? 'ben' : 'ada';
    const description: NamedDescription = { name, by, type: signal.type, sdp: signal.sdp };
    this.signaling = stepSignaling(this.signaling, 'remote', signal.type, description);
    if (signal.type === 'offer')
      this.#host.tell('remote.offer', 'RFC 8829 §5.10', { name, sections: sections.length });
    else this.#host.tell('remote.answer', 'RFC 8829 §5.11', { name, role: this.transport.role ?? '' });
    this.transport.setRemote({ ufrag, pwd, fingerprint });
  }

  /** Candidates that stood in the description, and those that came before it. */
  #useCandidates({ candidates }: Reading): void {
    for (const { address, type } of candidates) if (type === 'host') this.transport.addCandidate(address);
    for (const signal of this.#early.splice(0)) this.#takeCandidate(signal);
    this.transport.advance();
  }

  /** Each section of an offer gets a transceiver: its own, one of its kind that has no section yet, or a new one (RFC 8829 §5.10). */
  #associate({ sections }: Reading): void {
    for (const { kind, mid } of sections) {
      if (this.transceivers.some((transceiver) => transceiver.mid === mid)) continue;
      const free = this.transceivers.find(
        (transceiver) => transceiver.kind === kind && transceiver.mid === null,
      );
      if (free) free.mid = mid;
      else this.transceivers.push({ kind, direction: kind === 'application' ? 'sendrecv' : 'recvonly', mid });
    }
  }

  /** RFC 8829 §5.7: what the offer proposed was never there; with it go its credentials and candidates. */
  #rollBack(): void {
    const given = localOf(this.signaling)?.name ?? '';
    this.signaling = stepSignaling(this.signaling, 'local', 'rollback');
    for (const transceiver of this.#proposed.splice(0)) transceiver.mid = null;
    if (this.signaling.currentLocal === null) {
      this.#renew();
      this.transport.setLocal(null);
    }
    this.#host.tell('glare.rolled-back', 'RFC 8829 §4.1.10.2', { name: given });
  }

  #read(sdp: string): Reading {
    const reading = this.#readings.get(sdp) ?? readDescription(sdp);
    this.#readings.set(sdp, reading);
    return reading;
  }

  #renew(): void {
    this.#credentials = createCredentials(this.#random);
    this.#candidates = [];
    this.#onGathered = undefined;
    this.gathering = 'new';
  }

  #gather(): void {
    if (this.gathering !== 'new') return;
    this.gathering = 'gathering';
    const { ufrag } = this.#credentials;
    const find = (index: number) => {
      // A rollback or a restart has started over.
      if (this.#credentials.ufrag !== ufrag) return;
      const candidate = candidateText(this.#addresses[index]!, this.#addresses[0]!);
      this.#candidates.push(candidate);
      if (index === 1) this.gathering = 'complete';
      const { address, port, type } = this.#addresses[index]!;
      this.#host.tell(`gathered.${type}`, 'RFC 8445 §5.1.1', { address: `${address}:${port}` });
      const sdpMid = this.transceivers[0]?.mid ?? '0';
      if (this.#options.trickle)
        this.#host.signal({ type: 'candidate', candidate, sdpMid, usernameFragment: ufrag });
      if (index === 1) this.#onGathered?.();
      if (index === 1) this.#onGathered = undefined;
    };
    this.#host.after(HOST_CANDIDATE_AFTER_MS, () => find(0));
    this.#host.after(Math.max(HOST_CANDIDATE_AFTER_MS, this.#options.gatheringMs), () => find(1));
  }

  get #ownLines(): OwnLines {
    return {
      sessionId: this.#sessionId,
      version: this.#version,
      credentials: this.#credentials,
      fingerprint: this.#fingerprint,
      candidates: this.#candidates,
      isGatheringComplete: this.gathering === 'complete',
    };
  }
}
