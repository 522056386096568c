import { FAULTS, type MediaKind, type PeerId } from '@/lib/protocols/webrtc';
import { choice, flag, integer, params, text, type ParamsOf } from '../params';

export const SCENES = ['call', 'renegotiate', 'glare'] as const;
export const MEDIA = ['audio-data', 'data', 'audio-video-data'] as const;
export const CHANGES = ['add-video', 'hold', 'restart-ice'] as const;
export const STRATEGIES = ['perfect', 'both-polite', 'both-impolite'] as const;

export const schema = params({
  scene: choice(SCENES),
  media: choice(MEDIA),
  /** Candidates go out as they are found; off: the description waits for the last of them. */
  trickle: flag(true),
  /** What the signaling channel does to what passes. */
  fault: choice(FAULTS),
  /** What Ada changes once they are connected. */
  change: choice(CHANGES),
  /** Who gives way when both have called. */
  strategy: choice(STRATEGIES),
  /** How much later than Ada's Ben's call comes. */
  secondAfterMs: integer({ min: 0, max: 500, default: 20 }),
  signalingDelayMs: integer({ min: 0, max: 1000, default: 40 }),
  pathDelayMs: integer({ min: 1, max: 500, default: 20 }),
  gatheringMs: integer({ min: 5, max: 3000, default: 150 }),
  /** Names of lost signals, with commas between: `ada candidate 1,ben answer 1`. */
  lost: text({ maxLength: 400, default: '' }),
});

export type ExchangeParams = ParamsOf<typeof schema>;

const MEDIA_KINDS: Readonly<Record<ExchangeParams['media'], readonly MediaKind[]>> = {
  'audio-data': ['audio', 'application'],
  data: ['application'],
  'audio-video-data': ['audio', 'video', 'application'],
};

/** Who gives way. Without glare it makes no difference. */
export const POLITE: Readonly<Record<ExchangeParams['strategy'], Readonly<Record<PeerId, boolean>>>> = {
  perfect: { ada: false, ben: true },
  'both-polite': { ada: true, ben: true },
  'both-impolite': { ada: false, ben: false },
};

export const mediaKindsOf = (media: ExchangeParams['media']) => MEDIA_KINDS[media];

/** The names in `lost`. */
export const lostNames = (lost: string): readonly string[] =>
  lost
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
