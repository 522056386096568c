import type { TransportAddress } from '@/lib/protocols/udp';
import type { AttributeName } from '../registry';
import { plainAddress, xorAddress } from './addresses';
import type { AttributeCodec } from './codec';
import type { ErrorCode } from './error-codes';
import { addressErrorCode, errorCode, unknownAttributes } from './error-codes';
import { changeRequest, evenPort, flag, icmp, leading, transmitCounter, uint32, uint64 } from './numbers';
import { octetString } from './octets';
import type { PasswordAlgorithmEntry } from './password-algorithms';
import { passwordAlgorithm, passwordAlgorithms } from './password-algorithms';
import { text } from './texts';

/** What each attribute holds. */
export type AttributeValues = {
  'MAPPED-ADDRESS': TransportAddress;
  'CHANGE-REQUEST': { changeIp: boolean; changePort: boolean };
  USERNAME: string;
  'MESSAGE-INTEGRITY': Uint8Array;
  'ERROR-CODE': ErrorCode;
  'UNKNOWN-ATTRIBUTES': readonly number[];
  'CHANNEL-NUMBER': number;
  /** In seconds. */
  LIFETIME: number;
  'XOR-PEER-ADDRESS': TransportAddress;
  DATA: Uint8Array;
  REALM: string;
  NONCE: string;
  'XOR-RELAYED-ADDRESS': TransportAddress;
  /** 1 for IPv4, 2 for IPv6. */
  'REQUESTED-ADDRESS-FAMILY': number;
  'EVEN-PORT': { reserveNext: boolean };
  /** IP protocol number; 17 is UDP. */
  'REQUESTED-TRANSPORT': number;
  'DONT-FRAGMENT': true;
  'ACCESS-TOKEN': Uint8Array;
  'MESSAGE-INTEGRITY-SHA256': Uint8Array;
  'PASSWORD-ALGORITHM': PasswordAlgorithmEntry;
  USERHASH: Uint8Array;
  'XOR-MAPPED-ADDRESS': TransportAddress;
  'RESERVATION-TOKEN': Uint8Array;
  PRIORITY: number;
  'USE-CANDIDATE': true;
  PADDING: Uint8Array;
  'RESPONSE-PORT': number;
  'CONNECTION-ID': number;
  'ADDITIONAL-ADDRESS-FAMILY': number;
  'ADDRESS-ERROR-CODE': ErrorCode & { family: number };
  'PASSWORD-ALGORITHMS': readonly PasswordAlgorithmEntry[];
  'ALTERNATE-DOMAIN': string;
  ICMP: { type: number; code: number; data: number };
  SOFTWARE: string;
  'ALTERNATE-SERVER': TransportAddress;
  TRANSACTION_TRANSMIT_COUNTER: { requests: number; responses: number };
  'CACHE-TIMEOUT': number;
  FINGERPRINT: number;
  'ICE-CONTROLLED': bigint;
  'ICE-CONTROLLING': bigint;
  'RESPONSE-ORIGIN': TransportAddress;
  'OTHER-ADDRESS': TransportAddress;
  'THIRD-PARTY-AUTHORIZATION': string;
  'MOBILITY-TICKET': Uint8Array;
};

const MAX = 0xffff;
/** "Fewer than 128 characters", which are at most 763 octets (RFC 8489 §14.9, §14.10, §14.14). */
const text763 = text(763);
const family = leading(8, (value) => (value === 1 ? '1 (IPv4)' : value === 2 ? '2 (IPv6)' : String(value)));

/** How each attribute's value is read and written. */
export const ATTRIBUTE_CODECS: { readonly [N in AttributeName]: AttributeCodec<AttributeValues[N]> } = {
  'MAPPED-ADDRESS': plainAddress,
  'CHANGE-REQUEST': changeRequest,
  USERNAME: text(508),
  'MESSAGE-INTEGRITY': octetString(20),
  'ERROR-CODE': errorCode,
  'UNKNOWN-ATTRIBUTES': unknownAttributes,
  'CHANNEL-NUMBER': leading(16, (value) => `0x${value.toString(16)}`),
  LIFETIME: uint32,
  'XOR-PEER-ADDRESS': xorAddress,
  DATA: octetString(0, MAX),
  REALM: text763,
  NONCE: text763,
  'XOR-RELAYED-ADDRESS': xorAddress,
  'REQUESTED-ADDRESS-FAMILY': family,
  'EVEN-PORT': evenPort,
  'REQUESTED-TRANSPORT': leading(8, (value) => (value === 17 ? '17 (UDP)' : String(value))),
  'DONT-FRAGMENT': flag,
  'ACCESS-TOKEN': octetString(0, MAX),
  'MESSAGE-INTEGRITY-SHA256': octetString(16, 32, 4),
  'PASSWORD-ALGORITHM': passwordAlgorithm,
  USERHASH: octetString(32),
  'XOR-MAPPED-ADDRESS': xorAddress,
  'RESERVATION-TOKEN': octetString(8),
  PRIORITY: uint32,
  'USE-CANDIDATE': flag,
  PADDING: octetString(0, MAX),
  'RESPONSE-PORT': leading(16),
  'CONNECTION-ID': uint32,
  'ADDITIONAL-ADDRESS-FAMILY': family,
  'ADDRESS-ERROR-CODE': addressErrorCode,
  'PASSWORD-ALGORITHMS': passwordAlgorithms,
  'ALTERNATE-DOMAIN': text(255),
  ICMP: icmp,
  SOFTWARE: text763,
  'ALTERNATE-SERVER': plainAddress,
  TRANSACTION_TRANSMIT_COUNTER: transmitCounter,
  'CACHE-TIMEOUT': uint32,
  FINGERPRINT: uint32,
  'ICE-CONTROLLED': uint64,
  'ICE-CONTROLLING': uint64,
  'RESPONSE-ORIGIN': plainAddress,
  'OTHER-ADDRESS': plainAddress,
  'THIRD-PARTY-AUTHORIZATION': text(MAX),
  'MOBILITY-TICKET': octetString(0, MAX),
};
