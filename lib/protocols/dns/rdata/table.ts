import type { ReadType } from '../registry';
import type { RdataCodec } from './codec';
import type { MxData, SoaData, SrvData } from './names';
import { mx, oneName, soa, srv } from './names';
import type { SvcbData } from './svcb';
import { svcb } from './svcb';
import type { CaaData } from './values';
import { address, caa, txt } from './values';

/** What the data of each type is. */
export type RecordData = {
  A: string;
  NS: string;
  CNAME: string;
  SOA: SoaData;
  PTR: string;
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
  CNAME: oneName('CNAME'),
  SOA: soa,
  PTR: oneName('PTRDNAME'),
  MX: mx,
  TXT: txt,
  AAAA: address(16),
  SRV: srv,
  DNAME: oneName('Target', false),
  SVCB: svcb,
  HTTPS: svcb,
  CAA: caa,
};
