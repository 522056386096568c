/**
 * RFC 8866 §5: every letter, in the order in which the lines must come, with the grammar of its value and how often
 * it may stand. `1` exactly once, `?` at most once, `*` any number, `+` at least one, `-` never.
 */
export type Occurrence = '1' | '?' | '*' | '+' | '-';

/** One letter of RFC 8866 §5: its name, the grammar of its value, and where and how often it may stand. */
export type LineType = {
  name: string;
  /** What the line is for, in a few words. */
  meaning: string;
  template: string;
  ref: string;
  session: Occurrence;
  media: Occurrence;
};

export const LINE_TYPES = {
  // v=0
  v: {
    name: 'version',
    meaning: 'protocol version',
    template: '{version:integer}',
    ref: 'RFC 8866 §5.1',
    session: '1',
    media: '-',
  },
  // o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
  o: {
    name: 'origin',
    meaning: 'who made this session, and which version of it this is',
    template:
      '{username:word} {sessionId:token} {sessionVersion:token} {netType:token} {addressType:token} {address:word}',
    ref: 'RFC 8866 §5.2',
    session: '1',
    media: '-',
  },
  // s=Call to John Smith
  s: {
    name: 'session name',
    meaning: 'a name for people; "-" where there is none',
    template: '{name:text}',
    ref: 'RFC 8866 §5.3',
    session: '1',
    media: '-',
  },
  // i=SDP Offer #1
  i: {
    name: 'information',
    meaning: 'a description for people',
    template: '{information:text}',
    ref: 'RFC 8866 §5.4',
    session: '?',
    media: '?',
  },
  // u=http://www.jdoe.example.com/home.html
  u: {
    name: 'URI',
    meaning: 'where to read more',
    template: '{uri:word}',
    ref: 'RFC 8866 §5.5',
    session: '?',
    media: '-',
  },
  // e=Jane Doe <jane@jdoe.example.com>
  e: {
    name: 'email',
    meaning: 'whom to write to',
    template: '{address:text}',
    ref: 'RFC 8866 §5.6',
    session: '*',
    media: '-',
  },
  // p=+1 617 555-6011
  p: {
    name: 'phone',
    meaning: 'whom to call',
    template: '{number:text}',
    ref: 'RFC 8866 §5.6',
    session: '*',
    media: '-',
  },
  // c=IN IP4 233.252.0.1/127
  c: {
    name: 'connection',
    meaning: 'the address to send media to; ICE replaces it',
    template: '{netType:token} {addressType:token} {address:word}',
    ref: 'RFC 8866 §5.7',
    session: '?',
    media: '*',
  },
  // b=AS:128
  b: {
    name: 'bandwidth',
    meaning: 'how much the session or the media may use',
    template: '{bandwidthType:token}:{bandwidth:integer}',
    ref: 'RFC 8866 §5.8',
    session: '*',
    media: '*',
  },
  // t=2873397496 2873404696
  t: {
    name: 'timing',
    meaning: 'when it starts and stops; 0 0 is a session without end',
    template: '{startTime:integer} {stopTime:integer}',
    ref: 'RFC 8866 §5.9',
    session: '+',
    media: '-',
  },
  // r=7d 1h 0 25h
  r: {
    name: 'repeat times',
    meaning: 'when it repeats',
    template: '{interval:word} {activeDuration:word} {offsets:words}',
    ref: 'RFC 8866 §5.10',
    session: '*',
    media: '-',
  },
  // z=3730928400 -1h 3749680800 0
  z: {
    name: 'time zone adjustments',
    meaning: 'where the clocks change while it repeats',
    template: '{adjustments:words}',
    ref: 'RFC 8866 §5.11',
    session: '?',
    media: '-',
  },
  // k=prompt
  k: {
    name: 'encryption key',
    meaning: 'obsolete: a key in the clear; it must not be used',
    template: '{method:word}',
    ref: 'RFC 8866 §5.12',
    session: '?',
    media: '?',
  },
  // a=rtpmap:96 opus/48000/2
  a: {
    name: 'attribute',
    meaning: 'what the base grammar has no letter for',
    template: '{attribute:text}',
    ref: 'RFC 8866 §5.13',
    session: '*',
    media: '*',
  },
  // m=audio 49170/2 RTP/AVP 0 8 97
  m: {
    name: 'media',
    meaning: 'a section starts: what, to which port, over which protocols, in which formats',
    template: '{media:token} {port:integer}[/{portCount:integer}] {proto:word} {formats:words}',
    ref: 'RFC 8866 §5.14',
    session: '-',
    media: '1',
  },
} as const satisfies Record<string, LineType>;

/** `findLineType('t')`; undefined for a letter that RFC 8866 does not know. */
export function findLineType(letter: string): LineType | undefined {
  return Object.hasOwn(LINE_TYPES, letter) ? LINE_TYPES[letter as keyof typeof LINE_TYPES] : undefined;
}

/** The order of the letters within a session, and within a media section (RFC 8866 §5). */
export const SESSION_ORDER = 'vosiuepcbtrzka';
export const MEDIA_ORDER = 'micbka';
