import { toHex } from '@/lib/bytes';
import { writeIpAddress } from '@/lib/protocols/ip';
import type { Cursor } from '../cursor';
import { DnsError } from '../errors';
import type { MessageWriter } from '../message-writer';
import { parseOctets } from '../name';
import { SVC_PARAM_KEYS } from '../registry';
import type { RdataCodec } from './codec';
import { addressOctets } from './values';

/** How to reach a service (RFC 9460 §7, §8); `key` is the number of one that this room does not read. */
export type SvcParam =
  /** Numbers of the keys that must be understood. */
  | { key: 'mandatory'; value: readonly number[] }
  | { key: 'alpn'; value: readonly string[] }
  | { key: 'no-default-alpn'; value: true }
  | { key: 'port'; value: number }
  | { key: 'ipv4hint' | 'ipv6hint'; value: readonly string[] }
  | { key: 'ech'; value: Uint8Array }
  | { key: number; value: Uint8Array };

/** Priority 0 is an alias of `target`; any other a service there (RFC 9460 §2.2). Parameters by rising key. */
export type SvcbData = { priority: number; target: string; params: readonly SvcParam[] };

const KEYS = new Map<string, number>(SVC_PARAM_KEYS.map(([value, name]) => [name, value]));
const NAMES = new Map<number, string>(SVC_PARAM_KEYS.map(([value, name]) => [value, name]));

/** SVCB and HTTPS (RFC 9460 §2.2, §9): the same data. */
export const svcb: RdataCodec<SvcbData> = {
  read(cursor) {
    const priority = cursor.uint16('SvcPriority', (value) => (value === 0 ? '0 (alias)' : String(value)));
    const target = cursor.name('TargetName', false);
    const params: SvcParam[] = [];
    let lastKey = -1;
    while (cursor.remaining > 0) {
      const start = cursor.at;
      const key = cursor.uint16('SvcParamKey', (value) => NAMES.get(value) ?? `key${value}`);
      if (key <= lastKey) throw malformed(start, `key ${key} after ${lastKey}`, 'keys that rise');
      lastKey = key;
      params.push(readParam(cursor, key));
    }
    return { priority, target, params };
  },
  write(writer, { priority, target, params }) {
    writer.uint16(priority).name(target, false);
    const numbered = params
      .map((param) => ({ number: keyOf(param), param }))
      .sort((a, b) => a.number - b.number);
    numbered.forEach(({ number, param }, i) => {
      if (numbered[i + 1]?.number === number)
        throw malformed(writer.length, `key ${number} twice`, 'each key once');
      writer.uint16(number).withLength((inner) => writeParam(inner, param));
    });
  },
};

function keyOf({ key }: SvcParam): number {
  return typeof key === 'number' ? key : (KEYS.get(key) ?? 0);
}

function readParam(cursor: Cursor, key: number): SvcParam {
  const length = cursor.uint16('Length', (octets) => `${octets} octets`);
  const end = cursor.at + length;
  if (length > cursor.remaining)
    throw malformed(cursor.at - 2, `${length} octets`, `at most ${cursor.remaining}`);
  const outerEnd = cursor.end;
  cursor.end = end;
  const param = readValue(cursor, key, length);
  if (cursor.at !== end) throw malformed(cursor.at, `${end - cursor.at} octets more`, 'the end of the value');
  cursor.end = outerEnd;
  return param;
}

function readValue(cursor: Cursor, key: number, length: number): SvcParam {
  const many = <T>(read: () => T): T[] => {
    // An empty list is malformed for every key that has one.
    const list = [read()];
    while (cursor.remaining > 0) list.push(read());
    return list;
  };
  const start = cursor.at;
  switch (NAMES.get(key)) {
    case 'mandatory': {
      const value = many(() => cursor.uint16('Mandatory Key', (each) => NAMES.get(each) ?? `key${each}`));
      if (value.some((each, i) => each === 0 || each <= (value[i - 1] ?? 0))) {
        throw malformed(start, value.join(), 'keys that rise, without "mandatory" itself');
      }
      return { key: 'mandatory', value };
    }
    case 'alpn': {
      const value = many(() => cursor.characterString('ALPN'));
      if (value.includes('')) throw malformed(start, 'an empty protocol', 'a name');
      return { key: 'alpn', value };
    }
    case 'no-default-alpn':
      if (length > 0) throw malformed(start, `${length} octets`, 'no value');
      return { key: 'no-default-alpn', value: true };
    case 'port':
      return { key: 'port', value: cursor.uint16('Port') };
    case 'ipv4hint':
      return {
        key: 'ipv4hint',
        value: many(() => writeIpAddress(cursor.octets(4, 'Address', writeIpAddress))),
      };
    case 'ipv6hint':
      return {
        key: 'ipv6hint',
        value: many(() => writeIpAddress(cursor.octets(16, 'Address', writeIpAddress))),
      };
    case 'ech':
      return { key: 'ech', value: cursor.octets(length, 'ECHConfigList') };
    default:
      return { key, value: cursor.octets(length, 'Value', (octets) => toHex(octets, ' ')) };
  }
}

function writeParam(writer: MessageWriter, param: SvcParam): void {
  switch (param.key) {
    case 'mandatory':
      writeMandatory(writer, param.value);
      return;
    case 'alpn':
      for (const protocol of param.value) writer.characterString(parseOctets(protocol));
      return;
    case 'no-default-alpn':
      return;
    case 'port':
      writer.uint16(param.value);
      return;
    case 'ipv4hint':
    case 'ipv6hint':
      for (const text of param.value) writer.octets(addressOctets(text, param.key === 'ipv4hint' ? 4 : 16));
      return;
    default:
      writer.octets(param.value);
  }
}

/** In rising order, each once, and without itself (RFC 9460 §8). */
function writeMandatory(writer: MessageWriter, keys: readonly number[]): void {
  const isRight = keys.length > 0 && !keys.includes(0) && new Set(keys).size === keys.length;
  if (!isRight)
    throw malformed(writer.length, keys.join(), 'one key or more, each once, without "mandatory" itself');
  for (const key of [...keys].sort((a, b) => a - b)) writer.uint16(key);
}

function malformed(offset: number, seen: string, expected: string): DnsError {
  return new DnsError('DNS_RDATA_MALFORMED', offset, seen, expected);
}
