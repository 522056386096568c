import type { ReadType } from '../registry';
import type { RdataCodec } from './codec';
import type { MinfoData, MxData, SoaData, SrvData } from './names';
import { minfo, mx, oneName, soa, srv } from './names';
import type { SvcbData } from './svcb';
import { svcb } from './svcb';
import type { CaaData, HinfoData } from './values';
import { address, caa, hinfo, txt } from './values';

/** What the data of each type is. */
export type RecordData = {
  A: string;
  NS: string;
  MD: string;
  MF: string;
  CNAME: string;
  SOA: SoaData;
  MB: string;
  MG: string;
  MR: string;
  PTR: string;
  HINFO: HinfoData;
  MINFO: MinfoData;
  MX: MxData;
  TXT: readonly string[];
  AAAA: string;
  SRV: SrvData;
  DNAME: string;
  SVCB: SvcbData;
  HTTPS: SvcbData;
  CAA: CaaData;
};

/** How the data of each type is read and written. */
export const RDATA_CODECS: { readonly [T in ReadType]: RdataCodec<RecordData[T]> } = {
  A: address(4),
  NS: oneName('NSDNAME'),
  MD: oneName('MADNAME'),
  MF: oneName('MADNAME'),
  CNAME: oneName('CNAME'),
  SOA: soa,
  MB: oneName('MADNAME'),
  MG: oneName('MGMNAME'),
  MR: oneName('NEWNAME'),
  PTR: oneName('PTRDNAME'),
  HINFO: hinfo,
  MINFO: minfo,
  MX: mx,
  TXT: txt,
  AAAA: address(16),
  SRV: srv,
  DNAME: oneName('Target', false),
  SVCB: svcb,
  HTTPS: svcb,
  CAA: caa,
};
