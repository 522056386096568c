/** The Domain Name System: messages (RFC 1035, 6891), streams (RFC 7766), a cache (RFC 2308) and a resolver (RFC 1034 §5.3). */
export { decodeMessage } from './decode-message';
export { encodeMessage } from './encode-message';
export type { EncodeOptions } from './encode-message';
export { DnsError } from './errors';
export type { DnsErrorCode } from './errors';
export {
  CLASSIC_UDP_OCTETS,
  createMessage,
  DNS_HEADER_OCTETS,
  MAX_DNS_OCTETS,
  SAFE_UDP_OCTETS,
} from './message';
export type { DnsMessage, DnsQuestion, DnsRecord, Edns } from './message';
export { canonicalName, isWithin, MAX_LABEL_OCTETS, MAX_NAME_OCTETS, parentOf, parseName } from './name';
export type { MinfoData, MxData, SoaData, SrvData } from './rdata/names';
export type { SvcbData, SvcParam } from './rdata/svcb';
export type { RecordData } from './rdata/table';
export type { CaaData, HinfoData } from './rdata/values';
export { readName } from './read-name';
export {
  DNS_CLASSES,
  DNS_OPCODES,
  DNS_RCODES,
  DNS_TYPES,
  EDNS_OPTIONS,
  OTHER_DNS_TYPES,
  rcodeName,
  SVC_PARAM_KEYS,
} from './registry';
export type { DnsClass, DnsType, ReadType } from './registry';
export { DEFAULT_CACHE_ENTRIES, DnsCache, MAX_NEGATIVE_TTL_SECONDS, MAX_TTL_SECONDS } from './resolver/cache';
export type { CacheEntry } from './resolver/cache';
export { RESOLUTION_LIMITS, Resolution } from './resolver/resolution';
export type { NameServer } from './resolver/name-server';
export type { ResolverOptions, ResolverOutput } from './resolver/resolution';
export { answerFromZone } from './resolver/zone';
export type { DnsZone } from './resolver/zone';
export { DnsStreamReader, frameMessage } from './stream';
