import { parseSdp, readAllMedia, type Direction, type MediaReading, type SessionDescription } from '../sdp';
import type { MediaKind } from './offer';
import type { DtlsRole } from './transport';

/** A section of a description as a peer reads it. */
export type Section = { kind: MediaKind; mid: string; direction: Direction; isRejected: boolean };

/** What a peer takes from a description besides the codecs. */
export type Reading = {
  description: SessionDescription;
  sections: readonly Section[];
  ufrag: string;
  pwd: string;
  fingerprint: string | undefined;
  setup: string | undefined;
  /** `candidate:…` in the order of the text, those of the first section, which carries the whole bundle. */
  candidates: readonly { address: string; type: string }[];
};

/** Reads a description. A section without a mid is known by its place. */
export function readDescription(sdp: string): Reading {
  const description = parseSdp(sdp);
  const media = readAllMedia(description);
  const first: MediaReading | undefined = media[0];
  return {
    description,
    sections: description.media.map(({ media: kind, port }, index) => ({
      kind: kind as MediaKind,
      mid: media[index]?.mid ?? String(index),
      direction: media[index]?.direction ?? 'sendrecv',
      isRejected: port === 0 && media[index]?.isBundleOnly !== true,
    })),
    ufrag: first?.iceUfrag ?? '',
    pwd: first?.icePwd ?? '',
    fingerprint: first?.fingerprints[0]?.fingerprint,
    setup: first?.setup,
    candidates: (first?.candidates ?? []).map(({ address, port, type }) => ({
      address: `${address}:${port}`,
      type,
    })),
  };
}

/** What the author of an answer with this setup leaves to its reader (RFC 8842 §5.4). */
export function roleOfReader(setup: string | undefined): DtlsRole {
  return setup === 'passive' ? 'client' : 'server';
}

/** What the author of an answer with this setup is itself (RFC 8842 §5.3). */
export function roleOfAuthor(setup: string | undefined): DtlsRole {
  return setup === 'passive' ? 'server' : 'client';
}
