import type { RdataCodec } from './codec';

/** One name. RFC 1035's types may be compressed; later ones may not (RFC 3597 §4), and are read all the same. */
export function oneName(label: string, mayCompress = true): RdataCodec<string> {
  return {
    read: (cursor) => cursor.name(label),
    write: (writer, name) => void writer.name(name, mayCompress),
  };
}

/** A mail server, and how it is preferred: the lowest first (RFC 1035 §3.3.9). */
export type MxData = { preference: number; exchange: string };

export const mx: RdataCodec<MxData> = {
  read: (cursor) => ({ preference: cursor.uint16('Preference'), exchange: cursor.name('Exchange') }),
  write: (writer, { preference, exchange }) => void writer.uint16(preference).name(exchange),
};

/** Whose mailing list or mailbox it is, and who hears of its errors (RFC 1035 §3.3.7). Experimental, and seen no more. */
export type MinfoData = { responsible: string; errors: string };

export const minfo: RdataCodec<MinfoData> = {
  read: (cursor) => ({ responsible: cursor.name('RMAILBX'), errors: cursor.name('EMAILBX') }),
  write: (writer, { responsible, errors }) => void writer.name(responsible).name(errors),
};

/** Where a zone begins (RFC 1035 §3.3.13). Times in seconds; `minimum` is how long a "no" may be kept (RFC 2308 §4). */
export type SoaData = {
  mname: string;
  rname: string;
  serial: number;
  refresh: number;
  retry: number;
  expire: number;
  minimum: number;
};

export const soa: RdataCodec<SoaData> = {
  read: (cursor) => ({
    mname: cursor.name('MNAME'),
    rname: cursor.name('RNAME'),
    serial: cursor.uint32('Serial'),
    refresh: cursor.uint32('Refresh', seconds),
    retry: cursor.uint32('Retry', seconds),
    expire: cursor.uint32('Expire', seconds),
    minimum: cursor.uint32('Minimum', seconds),
  }),
  write(writer, { mname, rname, serial, refresh, retry, expire, minimum }) {
    writer
      .name(mname)
      .name(rname)
      .uint32(serial)
      .uint32(refresh)
      .uint32(retry)
      .uint32(expire)
      .uint32(minimum);
  },
};

/** Where a service is: the lowest priority first, weights share among equals (RFC 2782). */
export type SrvData = { priority: number; weight: number; port: number; target: string };

export const srv: RdataCodec<SrvData> = {
  read: (cursor) => ({
    priority: cursor.uint16('Priority'),
    weight: cursor.uint16('Weight'),
    port: cursor.uint16('Port'),
    target: cursor.name('Target'),
  }),
  write: (writer, { priority, weight, port, target }) =>
    void writer.uint16(priority).uint16(weight).uint16(port).name(target, false),
};

function seconds(value: number): string {
  return `${value} s`;
}
