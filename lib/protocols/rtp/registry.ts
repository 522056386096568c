import { nameInRegistry } from '@/lib/bytes';

/** RTCP packet types that have a name (RFC 3550 §12.1, RFC 4585 §6.1 and later ones). */
export const RTCP_PACKET_TYPES = {
  SMPTETC: 194,
  IJ: 195,
  SR: 200,
  RR: 201,
  SDES: 202,
  BYE: 203,
  APP: 204,
  RTPFB: 205,
  PSFB: 206,
  XR: 207,
  AVB: 208,
  RSI: 209,
  TOKEN: 210,
  IDMS: 211,
  RGRS: 212,
  SNM: 213,
} as const;

/** Items of a source description (RFC 3550 §12.2 and later ones). */
export const SDES_ITEM_TYPES = {
  END: 0,
  CNAME: 1,
  NAME: 2,
  EMAIL: 3,
  PHONE: 4,
  LOC: 5,
  TOOL: 6,
  NOTE: 7,
  PRIV: 8,
  'H323-CADDR': 9,
  APSI: 10,
  RGRP: 11,
  RtpStreamId: 12,
  RepairedRtpStreamId: 13,
  CCID: 14,
  MID: 15,
} as const;

/** FMT of transport-layer feedback (RFC 4585 §6.2 and later ones). */
export const RTPFB_FORMATS = {
  'Generic NACK': 1,
  TMMBR: 3,
  TMMBN: 4,
  'RTCP-SR-REQ': 5,
  RAMS: 6,
  TLLEI: 7,
  'RTCP-ECN-FB': 8,
  'PAUSE-RESUME': 9,
  DBI: 10,
  CCFB: 11,
  Extension: 31,
} as const;

/** FMT of payload-specific feedback (RFC 4585 §6.3, RFC 5104 §4.3 and later ones). */
export const PSFB_FORMATS = {
  PLI: 1,
  SLI: 2,
  RPSI: 3,
  FIR: 4,
  TSTR: 5,
  TSTN: 6,
  VBCM: 7,
  PSLEI: 8,
  ROI: 9,
  LRR: 10,
  AFB: 15,
  Extension: 31,
} as const;

/** A payload type whose meaning needs no SDP (RFC 3551 §6). */
export type StaticPayloadType = { encoding: string; clockRateHz: number; channels?: number };

const audio = (encoding: string, clockRateHz = 8000, channels = 1): StaticPayloadType => ({
  encoding,
  clockRateHz,
  channels,
});
const video = (encoding: string): StaticPayloadType => ({ encoding, clockRateHz: 90_000 });

/** The static payload types, by number (RFC 3551 §6, tables 4 and 5). WebRTC uses dynamic ones, 96 to 127, but for the first. */
export const STATIC_PAYLOAD_TYPES: Readonly<Record<number, StaticPayloadType>> = {
  0: audio('PCMU'),
  3: audio('GSM'),
  4: audio('G723'),
  5: audio('DVI4'),
  6: audio('DVI4', 16_000),
  7: audio('LPC'),
  8: audio('PCMA'),
  9: audio('G722'),
  10: audio('L16', 44_100, 2),
  11: audio('L16', 44_100),
  12: audio('QCELP'),
  13: audio('CN'),
  14: { encoding: 'MPA', clockRateHz: 90_000 },
  15: audio('G728'),
  16: audio('DVI4', 11_025),
  17: audio('DVI4', 22_050),
  18: audio('G729'),
  25: video('CelB'),
  26: video('JPEG'),
  28: video('nv'),
  31: video('H261'),
  32: video('MPV'),
  33: video('MP2T'),
  34: video('H263'),
};

/** What is said of a payload type without knowing the SDP. */
export function payloadTypeNote(payloadType: number): string {
  const known = STATIC_PAYLOAD_TYPES[payloadType];
  if (known) return known.encoding;
  return payloadType >= 96 ? 'dynamic, said in SDP' : 'unassigned';
}

/** The name that a registry gives to a number, or the number. */
export const nameIn = (registry: Readonly<Record<string, number>>, value: number): string =>
  nameInRegistry(registry, value) ?? String(value);
