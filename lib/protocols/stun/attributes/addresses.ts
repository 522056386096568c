import type { TransportAddress } from '@/lib/protocols/udp';
import { IpError, parseIpAddress, writeIpv6Address } from '@/lib/protocols/ip';
import { StunError } from '../errors';
import type { AttributeCodec } from './codec';
import { expectLength, uint16At } from './codec';

const IPV4 = 0x01;
const IPV6 = 0x02;

/**
 * MAPPED-ADDRESS and its like (RFC 8489 §14.1):
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |0 0 0 0 0 0 0 0|    Family     |             Port              |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *     |                 Address (32 bits or 128 bits)                 |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 */
export const plainAddress = addressCodec(false);

/**
 * XOR-MAPPED-ADDRESS and its like (§14.2): port and address XORed with the cookie (and, for IPv6, the transaction id),
 * because some NATs rewrite whatever looks like the private address.
 */
export const xorAddress = addressCodec(true);

function addressCodec(isXored: boolean): AttributeCodec<TransportAddress> {
  const [portLabel, addressLabel] = isXored ? [': X-Port', ': X-Address'] : [': Port', ': Address'];
  return {
    decode(message, start, length) {
      expectLength(length >= 4, start, length, '8 octets for IPv4, 20 for IPv6');
      const family = message[start + 1]!;
      const port = uint16At(message, start + 2) ^ (isXored ? uint16At(message, 4) : 0);
      if (family === IPV4) {
        expectLength(length === 8, start, length, '8 octets for IPv4');
        return { address: readIpv4(message, start + 4, isXored), port };
      }
      if (family !== IPV6) {
        throw new StunError(
          'STUN_ADDRESS_FAMILY_UNKNOWN',
          start + 1,
          `family ${family}`,
          '1 (IPv4) or 2 (IPv6)',
        );
      }
      expectLength(length === 20, start, length, '20 octets for IPv6');
      const octets = message.slice(start + 4, start + 20);
      if (isXored) for (let i = 0; i < 16; i++) octets[i] = octets[i]! ^ message[4 + i]!;
      return { address: writeIpv6Address(octets), port };
    },
    write(writer, { address, port }, pad) {
      const octets = addressOctets(address);
      if (!Number.isInteger(port) || port < 0 || port > 0xffff) {
        throw new StunError('STUN_FIELD_OUT_OF_RANGE', writer.length + 2, `port ${port}`, '0 to 65535');
      }
      writer.uint8(0).uint8(octets.length === 4 ? IPV4 : IPV6);
      writer.uint16(isXored ? port ^ uint16At(pad, 0) : port);
      writer.write(isXored ? octets.map((octet, i) => octet ^ pad[i]!) : octets);
    },
    trace(fields, { address, port }, octets, name, message, start) {
      const note = isXored ? 'XORed with the magic cookie' : undefined;
      const noteAddress = octets === 20 && isXored ? 'XORed with the cookie and the transaction id' : note;
      fields
        .field(8, `${name}: Reserved`, message[start]!)
        .field(8, `${name}: Family`, octets === 8 ? '1 (IPv4)' : '2 (IPv6)')
        .field(16, name + portLabel, port, note)
        .field(octets * 8 - 32, name + addressLabel, address, noteAddress);
    },
  };
}

/** Without an array in between: it is the attribute of every answer. */
function readIpv4(message: Uint8Array, at: number, isXored: boolean): string {
  if (!isXored) return `${message[at]!}.${message[at + 1]!}.${message[at + 2]!}.${message[at + 3]!}`;
  const a = message[at]! ^ message[4]!;
  const b = message[at + 1]! ^ message[5]!;
  const c = message[at + 2]! ^ message[6]!;
  return `${a}.${b}.${c}.${message[at + 3]! ^ message[7]!}`;
}

function addressOctets(address: string): Uint8Array {
  try {
    return parseIpAddress(address);
  } catch (error) {
    if (!(error instanceof IpError)) throw error;
    throw new StunError('STUN_ADDRESS_MALFORMED', 0, `"${address}"`, 'an IPv4 or IPv6 address');
  }
}
