/**
 * A session description is lines, in sections. The lines are the truth: what they say is read from them
 * (`readMedia`, `readAttribute`) and never kept beside them, so nothing that was parsed can be lost in writing.
 */

/** What ends a line where it is not the CRLF that RFC 8866 §9 asks for; `''` only at the end of the text. */
export type OtherLineEnd = '\n' | '';

/** `a=rtpmap:0 PCMU/8000` is `{ type: 'a', name: 'rtpmap', value: '0 PCMU/8000' }`; a flag has no `value`. */
export type AttributeLine = { type: 'a'; name: string; value?: string; end?: OtherLineEnd };

/** Any other line: `s=-` is `{ type: 's', value: '-' }`. `m=` lines are not among them: they open a section. */
export type FieldLine = { type: Exclude<string, 'a' | 'm'>; value: string; end?: OtherLineEnd };

/** One line of a section, its `m=` line apart. */
export type SdpLine = AttributeLine | FieldLine;

/** `m=<media> <port>[/<portCount>] <proto> <fmt> …` and the lines up to the next (RFC 8866 §5.14). */
export type MediaDescription = {
  media: string;
  /** 0 rejects the section in an answer; 9 is what an ICE agent writes that has no candidate yet (RFC 8829 §5.2.1). */
  port: number;
  portCount?: number;
  proto: string;
  formats: string[];
  end?: OtherLineEnd;
  lines: SdpLine[];
};

/** What `parseSdp` reads and `writeSdp` writes (RFC 8866 §5). */
export type SessionDescription = {
  /** Session-level lines, `v=` first. */
  lines: SdpLine[];
  media: MediaDescription[];
};

/** Who sends in a section, told from the side of the one who writes it (RFC 8866 §6.7). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** `a=name` or `a=name:value`. */
export function attribute(name: string, value?: string | number): AttributeLine {
  return value === undefined ? { type: 'a', name } : { type: 'a', name, value: String(value) };
}

/** A line of another type. */
export function field(type: FieldLine['type'], value: string): FieldLine {
  return { type, value };
}

/** Whether a line is an `a=` line, and so has a name. */
export function isAttribute(line: SdpLine): line is AttributeLine {
  return line.type === 'a';
}

/** Everything after the `=`, as written. */
export function textOf(line: SdpLine): string {
  if (!isAttribute(line)) return line.value;
  return line.value === undefined ? line.name : `${line.name}:${line.value}`;
}

/** The `m=` line of a section, without `m=`. */
export function mediaLineOf({ media, port, portCount, proto, formats }: MediaDescription): string {
  const ports = portCount === undefined ? port : `${port}/${portCount}`;
  return formats.length === 0
    ? `${media} ${ports} ${proto}`
    : `${media} ${ports} ${proto} ${formats.join(' ')}`;
}
