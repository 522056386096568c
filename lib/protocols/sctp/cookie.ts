import { ByteReader, ByteWriter } from '@/lib/bytes';

/** What a server must know to set up the association later, and does not keep meanwhile (RFC 9260 §5.1.3). */
export type CookieContents = {
  ownTag: number;
  ownInitialTsn: number;
  peerTag: number;
  peerInitialTsn: number;
  peerRwndBytes: number;
  outStreams: number;
  inStreams: number;
};

const COOKIE_OCTETS = 24;

/** Seven numbers in a row. Not signed: MODEL.md says why. */
export function writeCookie(contents: CookieContents): Uint8Array {
  return new ByteWriter(COOKIE_OCTETS)
    .uint32(contents.ownTag)
    .uint32(contents.ownInitialTsn)
    .uint32(contents.peerTag)
    .uint32(contents.peerInitialTsn)
    .uint32(contents.peerRwndBytes)
    .uint16(contents.outStreams)
    .uint16(contents.inStreams)
    .finish();
}

/** Undefined for octets that are none of our cookies. */
export function readCookie(cookie: Uint8Array): CookieContents | undefined {
  if (cookie.length !== COOKIE_OCTETS) return undefined;
  const reader = new ByteReader(cookie);
  return {
    ownTag: reader.uint32(),
    ownInitialTsn: reader.uint32(),
    peerTag: reader.uint32(),
    peerInitialTsn: reader.uint32(),
    peerRwndBytes: reader.uint32(),
    outStreams: reader.uint16(),
    inStreams: reader.uint16(),
  };
}
