import {
  findAttribute,
  findLineType,
  isRtp,
  parseCandidate,
  readAttribute,
  SdpError,
  STATIC_PAYLOAD_TYPES,
  type MediaReading,
} from '@/lib/protocols/sdp';
import type { MessageRef } from '@/lib/text/text';

/** What one line means, as a sentence; and the section that says so. */
export type Meaning = { said: MessageRef; ref: string };

type Values = NonNullable<MessageRef['values']>;
const say = (key: string, values: Values = {}): MessageRef => ({ key: `meaning.${key}`, values });

/** `line` is a whole line; `section` what its section says, for lines that point at others. */
export function meaningOf(line: string, section: MediaReading | undefined): Meaning {
  const type = line.charAt(0);
  const value = line.slice(2);
  if (type !== 'a') {
    return { said: fieldMeaning(type, value), ref: findLineType(type)?.ref ?? 'RFC 8866 §5' };
  }
  const colon = value.indexOf(':');
  const name = colon < 0 ? value : value.slice(0, colon);
  const text = colon < 0 ? undefined : value.slice(colon + 1);
  const known = findAttribute(name);
  return { said: attributeMeaning(name, text, section), ref: known?.ref ?? 'RFC 8866 §5.13' };
}

function fieldMeaning(type: string, value: string): MessageRef {
  const words = value.split(' ');
  switch (type) {
    case 'v':
      return say('v', { value });
    case 'o':
      return say('o', { username: words[0] ?? '', id: words[1] ?? '', version: words[2] ?? '' });
    case 's':
      return value === '-' || value.trim() === '' ? say('s.none') : say('s.name', { value });
    case 't':
      return value === '0 0' ? say('t.always') : say('t.other', { value });
    case 'c':
      return words[2] === '0.0.0.0' ? say('c.none') : say('c.address', { address: words[2] ?? '' });
    case 'b':
      return say('b', { value });
    case 'm':
      return mediaMeaning(words);
    default:
      return findLineType(type) ? say('field', { letter: type, value }) : say('letter', { letter: type });
  }
}

function mediaMeaning([media = '', port = '', proto = '', ...formats]: string[]): MessageRef {
  const values = { media, port: port.split('/')[0] ?? '', proto, n: formats.length, first: formats[0] ?? '' };
  return say(isRtp({ proto }) ? 'm.rtp' : proto.endsWith('DTLS/SCTP') ? 'm.data' : 'm.other', values);
}

/** Attributes whose sentence needs nothing but the value as it stands. */
const PLAIN = [
  ...['mid', 'ice-ufrag', 'ice-pwd', 'ice-options', 'tls-id', 'ptime', 'maxptime', 'sctp-port', 'sctpmap'],
  ...['msid-semantic', 'rtcp-xr', 'ssrc-group', 'imageattr', 'crypto'],
];

function attributeMeaning(
  name: string,
  text: string | undefined,
  section: MediaReading | undefined,
): MessageRef {
  const known = findAttribute(name);
  if (!known) return say('unknown', { name });
  if (known.template === undefined) return text === undefined ? say(name) : say('malformed', { name });
  if (text === undefined) return say('malformed', { name });
  return (
    SENTENCES[name]?.(text, section) ??
    (PLAIN.includes(name) ? say(name, { value: text }) : say('known', { name, value: text }))
  );
}

const codecName = (format: string, section: MediaReading | undefined): string => {
  const mapped = section?.rtpmaps.find(({ payloadType }) => String(payloadType) === format);
  return mapped?.encodingName ?? STATIC_PAYLOAD_TYPES[format]?.encodingName ?? format;
};

/** Those that need their fields; undefined where the value breaks its grammar. */
const SENTENCES: Record<string, (text: string, section: MediaReading | undefined) => MessageRef> = {
  group: (text) => {
    const [semantics = '', ...mids] = text.split(' ');
    return say(semantics === 'BUNDLE' ? 'group.bundle' : 'group.other', {
      semantics,
      mids: mids.join(' '),
      n: mids.length,
      first: mids[0] ?? '',
    });
  },
  rtpmap: (text) => {
    const found = readAttribute('rtpmap', text);
    if (!found) return say('malformed', { name: 'rtpmap' });
    const { payloadType, encodingName, clockRate, channels = 1 } = found;
    const key = ['rtx', 'red', 'ulpfec', 'telephone-event', 'CN'].includes(encodingName)
      ? `rtpmap.${encodingName}`
      : 'rtpmap.codec';
    return say(key, { payloadType: String(payloadType), encodingName, clockRate, channels });
  },
  fmtp: (text, section) => {
    const [format, parameters] = splitOnce(text);
    const apt = /^apt=(\d+)/.exec(parameters)?.[1];
    if (apt !== undefined) return say('fmtp.apt', { format, apt, codec: codecName(apt, section) });
    return say('fmtp.parameters', { format, codec: codecName(format, section), parameters });
  },
  'rtcp-fb': (text, section) => {
    const [format, feedback] = splitOnce(text);
    const known = ['nack', 'nack pli', 'ccm fir', 'goog-remb', 'transport-cc'].includes(feedback);
    const key = known ? feedback.replace(' ', '-') : 'other';
    return say(`rtcp-fb.${key}`, { format, codec: codecName(format, section), feedback });
  },
  extmap: (text) => {
    const found = readAttribute('extmap', text);
    const uri = found?.uri ?? text;
    const key =
      ['sdes:mid', 'ssrc-audio-level', 'rtp-stream-id', 'transport-wide-cc'].find((part) =>
        uri.includes(part),
      ) ?? 'other';
    const direction = found?.direction ?? 'both';
    return say(`extmap.${key.replace('sdes:', '')}`, {
      id: String(found?.id ?? ''),
      name: uri.split(/[/:]/).at(-1) ?? uri,
      direction,
    });
  },
  candidate: (text) => {
    try {
      const candidate = parseCandidate(`candidate:${text}`);
      const { transport, address, port, type, priority, component } = candidate;
      const isName = address.endsWith('.local');
      return say(`candidate.${['host', 'srflx', 'prflx', 'relay'].includes(type) ? type : 'other'}`, {
        ...{ transport: transport.toUpperCase(), address, port: String(port), priority, component },
        isName: isName ? 'yes' : 'no',
        related: candidate.relatedAddress ?? '',
      });
    } catch (error) {
      if (!(error instanceof SdpError)) throw error;
      return say('candidate.broken', { seen: error.seen, expected: error.expected });
    }
  },
  fingerprint: (text) => {
    const [hash, octets] = splitOnce(text);
    return say('fingerprint', { hash, octets: Math.ceil(octets.length / 3), start: octets.slice(0, 8) });
  },
  setup: (text) => say('setup', { role: text }),
  msid: (text) => {
    const [streamId, trackId] = splitOnce(text);
    return say(streamId === '-' ? 'msid.none' : 'msid.stream', { streamId, trackId });
  },
  ssrc: (text) => {
    const [ssrc, rest] = splitOnce(text);
    return say(rest.startsWith('cname:') ? 'ssrc.cname' : 'ssrc.other', { ssrc, value: rest });
  },
  rid: (text) => {
    const [rid, direction] = splitOnce(text);
    return say('rid', { rid, direction: direction.split(' ')[0] ?? '' });
  },
  simulcast: (text, section) => {
    const streams = section?.simulcast;
    if (!streams) return say('malformed', { name: 'simulcast' });
    return say('simulcast', { value: text, send: streams.send.length, recv: streams.recv.length });
  },
  rtcp: (text) => say(text.startsWith('9 ') || text === '9' ? 'rtcp.none' : 'rtcp.port', { value: text }),
  'max-message-size': (text) => {
    const octets = readAttribute('max-message-size', text)?.octets;
    return octets === undefined
      ? say('malformed', { name: 'max-message-size' })
      : say('max-message-size', { octets });
  },
};

function splitOnce(text: string): [string, string] {
  const space = text.indexOf(' ');
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}
