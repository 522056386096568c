import type { MediaKind, PeerId, PeerView, Signal } from '@/lib/protocols/webrtc';
import { withLoopback, withLoopbackLines } from './loopback';
import type { LiveMedia } from './live-media';

/** The states of a real peer, in its own words: a browser has more of them than our engine. */
export type LiveView = Record<
  'signalingState' | 'iceGatheringState' | 'iceConnectionState' | 'dtlsState' | 'connectionState',
  string
>;

/** Something that a real peer did or that was done to it; `key` is the key of a sentence. */
export type LiveNote = {
  atMs: number;
  peer: PeerId;
  key: string;
  values?: Record<string, string | number>;
};

export type LivePeerOptions = {
  id: PeerId;
  /** In a collision of offers, takes its own back. */
  polite: boolean;
  /** Off: a description is sent when it has all its candidates. */
  trickle: boolean;
  kinds: readonly MediaKind[];
  media: LiveMedia;
  send(signal: Signal): void;
  note(key: string, values?: Record<string, string | number>): void;
  /** A state has changed: look at `view`. */
  onChange(): void;
  onHeard(text: string): void;
};

export type LivePeer = ReturnType<typeof createLivePeer>;

/** Descriptions that are longer are no offers of a browser. */
const MAX_CHAT = 200;

/**
 * A real RTCPeerConnection, and around it the W3C's perfect negotiation (§10.7) as in our engine: one call of `call`
 * for each offer, so that the same script can be played by both. No STUN or TURN server: host candidates only.
 */
export function createLivePeer({ id, polite, trickle, kinds, media, ...options }: LivePeerOptions) {
  const { send, note, onChange } = options;
  const connection = new RTCPeerConnection({ iceServers: [] });
  let makingOffer = false;
  let ignoresOffer = false;
  const early: RTCIceCandidateInit[] = [];

  for (const kind of kinds) {
    if (kind === 'application') continue;
    const track = media.track(kind);
    connection.addTrack(track, new MediaStream([track]));
  }
  // Agreed beforehand (RFC 8832 §1): both ends have it, whoever calls.
  const channel = connection.createDataChannel('roundtrip', { negotiated: true, id: 0 });
  channel.onopen = () => {
    note('live.channel-open');
    onChange();
  };
  channel.onmessage = ({ data }) => options.onHeard(String(data).slice(0, MAX_CHAT));

  for (const type of [
    'signalingstatechange',
    'icegatheringstatechange',
    'iceconnectionstatechange',
    'connectionstatechange',
  ] as const) {
    connection.addEventListener(type, () => {
      const state = type.replace('change', '').replace('state', '');
      note(`live.states.${state}`, { state: stateOf(type) });
      onChange();
    });
  }
  const stateOf = (type: string): string =>
    ({
      signalingstatechange: connection.signalingState,
      icegatheringstatechange: connection.iceGatheringState,
      iceconnectionstatechange: connection.iceConnectionState,
      connectionstatechange: connection.connectionState,
    })[type] ?? '';
  connection.onicecandidate = ({ candidate }) => {
    // The empty one says that there are no more; our exchange does without it.
    if (!trickle || !candidate?.candidate) return;
    const { sdpMid, usernameFragment } = candidate;
    send({ type: 'candidate', candidate: candidate.candidate, sdpMid, usernameFragment });
  };

  const sendLocal = async (type: 'offer' | 'answer') => {
    if (!trickle) await gathered(connection);
    const { localDescription } = connection;
    // Meanwhile the other's offer may have taken its place.
    if (localDescription?.type === type) send({ type, sdp: localDescription.sdp });
  };
  const applyRemote = async (type: 'offer' | 'answer', sdp: string) => {
    await connection.setRemoteDescription({ type, sdp: withLoopbackLines(sdp) });
    for (const candidate of early.splice(0)) await connection.addIceCandidate(candidate);
  };
  const takeOffer = async (sdp: string) => {
    const collides = makingOffer || connection.signalingState !== 'stable';
    ignoresOffer = collides && !polite;
    if (ignoresOffer) return note('live.ignores-offer');
    if (collides) note('live.rolls-back');
    await applyRemote('offer', sdp);
    await connection.setLocalDescription();
    await sendLocal('answer');
  };
  const takeCandidate = async (signal: Extract<Signal, { type: 'candidate' }>) => {
    for (const candidate of withLoopback(signal.candidate)) {
      const { sdpMid, usernameFragment } = signal;
      const init = { candidate, sdpMid, ...(usernameFragment === null ? {} : { usernameFragment }) };
      if (ignoresOffer) continue;
      if (connection.remoteDescription === null) early.push(init);
      else await connection.addIceCandidate(init);
    }
  };
  /** One after the other, as they came. */
  let queue = Promise.resolve();
  const inTurn = (task: () => Promise<unknown>) => {
    queue = queue.then(async () => {
      if (connection.signalingState === 'closed') return;
      try {
        await task();
      } catch (error) {
        const { name = '', message = '' } = error instanceof Error ? error : {};
        note('live.refuses', { name, message: message.slice(0, 300) });
      }
      onChange();
    });
  };

  const call = () =>
    inTurn(async () => {
      if (connection.signalingState !== 'stable') return note('live.waits');
      makingOffer = true;
      try {
        await connection.setLocalDescription();
      } finally {
        makingOffer = false;
      }
      note('live.calls');
      await sendLocal('offer');
    });
  return {
    id,
    connection,
    call,
    /** What Ada may change in mid-call. */
    change(what: 'add-video' | 'hold' | 'restart-ice') {
      inTurn(async () => {
        if (what === 'add-video') {
          const track = media.track('video');
          connection.addTrack(track, new MediaStream([track]));
        }
        if (what === 'restart-ice') connection.restartIce();
        if (what === 'hold')
          for (const transceiver of connection.getTransceivers())
            if (transceiver.sender.track?.kind === 'audio') transceiver.direction = 'sendonly';
      });
      call();
    },
    receive(signal: Signal) {
      inTurn(async () => {
        if (signal.type === 'candidate') return takeCandidate(signal);
        if (signal.type === 'offer') return takeOffer(signal.sdp);
        ignoresOffer = false;
        return applyRemote('answer', signal.sdp);
      });
    },
    say(text: string) {
      if (channel.readyState === 'open') channel.send(text.slice(0, MAX_CHAT));
    },
    get view(): LiveView {
      return viewOf(connection);
    },
    /** RTP packets that have come in so far. */
    async packetsReceived(): Promise<number> {
      let packets = 0;
      for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>)
        if (report['type'] === 'inbound-rtp') packets += Number(report['packetsReceived'] ?? 0);
      return packets;
    },
    close() {
      connection.close();
    },
  };
}

function viewOf(connection: RTCPeerConnection): LiveView {
  const dtls = connection.sctp?.transport ?? connection.getSenders()[0]?.transport;
  return {
    signalingState: connection.signalingState,
    iceGatheringState: connection.iceGatheringState,
    iceConnectionState: connection.iceConnectionState,
    dtlsState: dtls?.state ?? 'new',
    connectionState: connection.connectionState,
  };
}

/** A browser may say "completed" where our engine says "connected": it has tried all pairs, too. */
export function sameState(engine: PeerView, live: LiveView, state: keyof LiveView): boolean {
  return engine[state] === (live[state] === 'completed' ? 'connected' : live[state]);
}

async function gathered(connection: RTCPeerConnection): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = () => {
      const isOver = connection.iceGatheringState === 'complete' || connection.signalingState === 'closed';
      if (!isOver) return;
      connection.removeEventListener('icegatheringstatechange', look);
      resolve();
    };
    connection.addEventListener('icegatheringstatechange', look);
    look();
  });
}
