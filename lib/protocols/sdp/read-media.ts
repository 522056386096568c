import type { Candidate } from './candidate';
import { parseCandidate } from './candidate';
import type { AttributeLine, Direction, MediaDescription, SdpLine, SessionDescription } from './description';
import { isAttribute } from './description';
import { SdpError } from './errors';
import type { AttributeFields } from './grammar/attributes';
import { readAttribute } from './grammar/attributes';
import type { Simulcast } from './simulcast';
import { readSimulcast } from './simulcast';

/** The hash of a certificate, octets in hexadecimal with colons between (RFC 8122 §5). */
export type Fingerprint = { hash: string; fingerprint: string };
/** What a payload number stands for (RFC 8866 §6.6). */
export type Rtpmap = AttributeFields<'rtpmap'>;
/** Who opens the connection (RFC 4145 §4). */
export type SetupRole = 'active' | 'passive' | 'actpass' | 'holdconn';

/** What the lines of one section say, with the session's where the section is silent and the session may speak for it. */
export type MediaReading = {
  mid?: string;
  /** `sendrecv` where no line says otherwise (RFC 8866 §6.7). */
  direction: Direction;
  /** Value of the `c=` line that holds for the section. */
  connection?: string;
  iceUfrag?: string;
  icePwd?: string;
  iceOptions: string[];
  fingerprints: Fingerprint[];
  setup?: SetupRole;
  isBundleOnly: boolean;
  hasRtcpMux: boolean;
  hasRtcpMuxOnly: boolean;
  /** Lines that break the grammar of a candidate are left out. */
  candidates: Candidate[];
  hasEndOfCandidates: boolean;
  rtpmaps: Rtpmap[];
  /** By format: `97` → `apt=96`. */
  fmtps: { format: string; parameters: string }[];
  feedback: { payloadType: string; feedback: string }[];
  headerExtensions: AttributeFields<'extmap'>[];
  msids: AttributeFields<'msid'>[];
  rids: AttributeFields<'rid'>[];
  simulcast?: Simulcast;
  /** Where SCTP is, in the modern form, or in the draft's (`sctpmap`). */
  sctpPort?: number;
  maxMessageSize?: number;
};

const SETUP_ROLES: readonly string[] = ['active', 'passive', 'actpass', 'holdconn'] satisfies SetupRole[];

/** Attributes called `name`, in order. */
export function attributesOf(lines: readonly SdpLine[], name: string): AttributeLine[] {
  return lines.filter((line): line is AttributeLine => isAttribute(line) && line.name === name);
}

/** The first attribute called `name`. */
export function findLine(lines: readonly SdpLine[], name: string): AttributeLine | undefined {
  return lines.find((line): line is AttributeLine => isAttribute(line) && line.name === name);
}

/** Whether an attribute called `name` stands among the lines. */
export function hasFlag(lines: readonly SdpLine[], name: string): boolean {
  return findLine(lines, name) !== undefined;
}

/** What stands in every section, in order: `description.media[i]` read is `readAllMedia(description)[i]`. */
export function readAllMedia(description: SessionDescription): MediaReading[] {
  const session = readLines(description.lines);
  return description.media.map((section) => readMedia(description, section, session));
}

/** What stands in `section`, read once. Values that break their grammar are as if they were not there. */
export function readMedia(
  description: SessionDescription,
  section: MediaDescription,
  session: LevelReading = readLines(description.lines),
): MediaReading {
  const reading = readLines(section.lines);
  if (session.connection !== undefined) reading.connection ??= session.connection;
  if (session.setup !== undefined) reading.setup ??= session.setup;
  // The two halves of the credentials come from one place.
  if (reading.iceUfrag === undefined && reading.icePwd === undefined) {
    if (session.iceUfrag !== undefined) reading.iceUfrag = session.iceUfrag;
    if (session.icePwd !== undefined) reading.icePwd = session.icePwd;
  }
  if (reading.fingerprints.length === 0) reading.fingerprints = session.fingerprints;
  if (reading.iceOptions.length === 0) reading.iceOptions = session.iceOptions;
  if (session.hasEndOfCandidates) reading.hasEndOfCandidates = true;
  return { ...reading, direction: reading.direction ?? session.direction ?? 'sendrecv' };
}

/** What the lines of one level say by themselves. */
export type LevelReading = Omit<MediaReading, 'direction'> & { direction?: Direction };

/** The lines of one level alone, for those who must know where something was written. */
export function readLines(lines: readonly SdpLine[]): LevelReading {
  const reading: LevelReading = {
    iceOptions: [],
    fingerprints: [],
    isBundleOnly: false,
    hasRtcpMux: false,
    hasRtcpMuxOnly: false,
    candidates: [],
    hasEndOfCandidates: false,
    rtpmaps: [],
    fmtps: [],
    feedback: [],
    headerExtensions: [],
    msids: [],
    rids: [],
  };
  for (const line of lines) {
    if (isAttribute(line)) {
      if (Object.hasOwn(READERS, line.name)) READERS[line.name]?.(reading, line.value);
    } else if (line.type === 'c') reading.connection ??= line.value;
  }
  return reading;
}

/** Values that break their grammar leave no trace, so that one bad line costs one line. */
const READERS: Record<string, (reading: LevelReading, value: string | undefined) => void> = {
  mid: (reading, value) => assign(reading, 'mid', value),
  'ice-ufrag': (reading, value) => assign(reading, 'iceUfrag', value),
  'ice-pwd': (reading, value) => assign(reading, 'icePwd', value),
  'ice-options': (reading, value) => reading.iceOptions.push(...(value?.split(' ') ?? [])),
  'bundle-only': (reading) => (reading.isBundleOnly = true),
  'rtcp-mux': (reading) => (reading.hasRtcpMux = true),
  'rtcp-mux-only': (reading) => (reading.hasRtcpMuxOnly = true),
  'end-of-candidates': (reading) => (reading.hasEndOfCandidates = true),
  sendrecv: (reading) => (reading.direction ??= 'sendrecv'),
  sendonly: (reading) => (reading.direction ??= 'sendonly'),
  recvonly: (reading) => (reading.direction ??= 'recvonly'),
  inactive: (reading) => (reading.direction ??= 'inactive'),
  setup: (reading, value) => {
    if (value !== undefined && SETUP_ROLES.includes(value)) reading.setup ??= value as SetupRole;
  },
  fingerprint: (reading, value) => append(reading.fingerprints, readAttribute('fingerprint', value)),
  rtpmap: (reading, value) => append(reading.rtpmaps, readAttribute('rtpmap', value)),
  fmtp: (reading, value) => append(reading.fmtps, readAttribute('fmtp', value)),
  extmap: (reading, value) => append(reading.headerExtensions, readAttribute('extmap', value)),
  msid: (reading, value) => append(reading.msids, readAttribute('msid', value)),
  rid: (reading, value) => append(reading.rids, readAttribute('rid', value)),
  'rtcp-fb': (reading, value) => {
    const found = readAttribute('rtcp-fb', value);
    if (found) reading.feedback.push({ payloadType: found.payloadType, feedback: found.feedback.join(' ') });
  },
  simulcast: (reading, value) => {
    const found = readSimulcast(value);
    if (found) reading.simulcast ??= found;
  },
  candidate: (reading, value) => append(reading.candidates, findCandidate(value)),
  'sctp-port': (reading, value) => {
    const port = readAttribute('sctp-port', value)?.port;
    if (port !== undefined) reading.sctpPort = port;
  },
  sctpmap: (reading, value) => {
    const port = readAttribute('sctpmap', value)?.port;
    if (port !== undefined) reading.sctpPort ??= port;
  },
  'max-message-size': (reading, value) => {
    const octets = readAttribute('max-message-size', value)?.octets;
    if (octets !== undefined) reading.maxMessageSize ??= octets;
  },
};

function assign(reading: LevelReading, key: 'mid' | 'iceUfrag' | 'icePwd', value: string | undefined): void {
  if (value !== undefined && value !== '') reading[key] ??= value;
}

function append<T>(list: T[], found: T | undefined): void {
  if (found !== undefined) list.push(found);
}

function findCandidate(value: string | undefined): Candidate | undefined {
  try {
    return parseCandidate(`candidate:${value ?? ''}`);
  } catch (error) {
    if (error instanceof SdpError) return undefined;
    throw error;
  }
}
