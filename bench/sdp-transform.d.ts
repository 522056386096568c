/** The part of sdp-transform that the bench reads; the package comes without types. */
declare module 'sdp-transform' {
  type Section = {
    type: string;
    port: number;
    protocol: string;
    payloads?: string;
    mid?: string | number;
    direction?: string;
    iceUfrag?: string;
    icePwd?: string;
    setup?: string;
    fingerprint?: { type: string; hash: string };
    candidates?: { foundation: string | number; priority: number; ip: string; port: number }[];
    rtp: { payload: number; codec: string; rate?: number }[];
    fmtp: { payload: number; config: string }[];
    rtcpFb?: { payload: number; type: string }[];
    ext?: { value: number; uri: string }[];
  };
  type Session = { groups?: { type: string; mids: string }[]; media: Section[] };
  export function parse(text: string): Session;
  export function write(session: Session): string;
}
