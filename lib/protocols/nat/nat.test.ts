import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '@/lib/sim';
import { createIpv4Packet, decodeIpv4, encodeIpv4 } from '@/lib/protocols/ip';
import type { TransportAddress } from '@/lib/protocols/udp';
import { decodeDatagram, encodeDatagram, writeTransportAddress } from '@/lib/protocols/udp';
import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import type { Nat, NatOptions } from '.';
import { createNat, NAT_BEHAVIOURS, NatError, natPacketOf, rewritePacket, rfc3489NameOf } from '.';

const SEED = 4787;
const at = (address: string, port: number): TransportAddress => ({ address, port });
const inside = at('10.0.0.2', 5000);
const remote = at('198.51.100.1', 3478);
const otherPort = at('198.51.100.1', 3479);
const otherAddress = at('198.51.100.2', 3478);
const otherBoth = at('198.51.100.2', 3479);

/** Sends from inside and answers what it looks like outside; the reason if it does not get there. */
function send(nat: Nat, source: TransportAddress, destination: TransportAddress, nowMs = 0): string {
  const result = nat.outbound({ source, destination }, nowMs);
  return result.action === 'drop' ? result.reason : writeTransportAddress(result.packet.source);
}
function arrives(nat: Nat, source: TransportAddress, external: string, nowMs = 0): string {
  const [address = '', port] = external.split(':');
  const result = nat.inbound({ source, destination: at(address, Number(port)) }, nowMs);
  return result.action === 'drop' ? result.reason : writeTransportAddress(result.packet.destination);
}
const compliant: NatOptions = { mapping: 'endpoint-independent', filtering: 'endpoint-independent' };

const file = new URL('../../../../shared/vectors/stun-ice-nat/nat-behaviour.json', import.meta.url);
const isAbsent = !existsSync(file);
if (isAbsent) console.warn('skipped: ../shared/vectors/stun-ice-nat is not here');
type Vector = {
  mapping: NatOptions['mapping'];
  filtering: NatOptions['filtering'];
  rfc3489Name: string | null;
  mappingTests: Record<'I' | 'II' | 'III', string>;
  filteringTests: { 'II-change-ip-and-port': boolean; 'III-change-port': boolean };
};
const vectors = isAbsent ? [] : (JSON.parse(readFileSync(file, 'utf8')) as { nats: Vector[] }).nats;

test.skipIf(isAbsent)('RFC 5780 §4.3, §4.4: each of the nine answers the discovery tests as it must', () => {
  expect(vectors.length).toBe(9);
  for (const { mapping, filtering, rfc3489Name, mappingTests, filteringTests } of vectors) {
    const nat = createNat({ mapping, filtering });
    const first = send(nat, inside, remote);
    expect([
      arrives(nat, otherBoth, first) !== 'filtered',
      arrives(nat, otherPort, first) !== 'filtered',
    ]).toEqual([filteringTests['II-change-ip-and-port'], filteringTests['III-change-port']]);
    const seen = [first, send(nat, inside, otherAddress), send(nat, inside, otherBoth)];
    const names = seen.map((external) => `X${[...new Set(seen)].indexOf(external) + 1}`);
    expect(names).toEqual([mappingTests.I, mappingTests.II, mappingTests.III]);
    const ours = rfc3489NameOf(mapping, filtering);
    expect(ours === undefined).toBe(rfc3489Name === null);
  }
});

test('RFC 4787 §4.1: what a mapping depends on', () => {
  const same = (mapping: NatOptions['mapping']): boolean[] => {
    const nat = createNat({ ...compliant, mapping });
    const first = send(nat, inside, remote);
    return [otherPort, otherAddress].map((end) => send(nat, inside, end) === first);
  };
  expect(same('endpoint-independent')).toEqual([true, true]);
  expect(same('address-dependent')).toEqual([true, false]);
  expect(same('address-and-port-dependent')).toEqual([false, false]);
});

test('RFC 4787 §5: filtering asks whom the internal end has sent to', () => {
  const nat = createNat({ mapping: 'endpoint-independent', filtering: 'address-dependent' });
  const external = send(nat, inside, remote);
  expect(arrives(nat, otherPort, external)).toBe('10.0.0.2:5000');
  expect(arrives(nat, otherAddress, external)).toBe('filtered');
  send(nat, inside, otherBoth);
  expect(arrives(nat, otherAddress, external)).toBe('10.0.0.2:5000');
  // Another socket of the same host has sent to nobody.
  expect(arrives(nat, remote, '203.0.113.1:5001')).toBe('no-mapping');
});

test('RFC 4787 §4.2.1: the port is kept if it is free, and never shared', () => {
  const nat = createNat(compliant);
  expect(send(nat, inside, remote)).toBe('203.0.113.1:5000');
  expect(send(nat, at('10.0.0.3', 5000), remote)).toBe('203.0.113.1:5002');
  expect(send(nat, at('10.0.0.4', 5000), remote)).toBe('203.0.113.1:5004');
});

test('RFC 4787 REQ-3: system ports stay system ports', () => {
  const nat = createNat(compliant);
  expect(send(nat, at('10.0.0.2', 123), remote)).toBe('203.0.113.1:123');
  expect(send(nat, at('10.0.0.3', 123), remote)).toBe('203.0.113.1:125');
  const high = createNat({ ...compliant, ports: { first: 40_000, last: 40_009 } });
  expect(send(high, at('10.0.0.2', 123), remote)).toBe('203.0.113.1:40001');
});

test.each(['preserving', 'sequential', 'random'] as const)(
  `RFC 4787 REQ-4: %s assignment keeps parity, and gives each port once (seed ${SEED})`,
  (portAssignment) => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { maxLength: 60 }),
        fc.integer(),
        (ports, seed) => {
          const nat = createNat({ ...compliant, portAssignment, random: createRandom(seed) });
          const seen = ports.map((port) => Number(send(nat, at('10.0.0.2', port), remote).split(':')[1]));
          expect(seen.map((port) => port % 2)).toEqual(ports.map((port) => port % 2));
          expect(new Set(seen).size).toBe(ports.length);
          expect(seen.map((port) => port < 1024)).toEqual(ports.map((port) => port < 1024));
        },
      ),
      { seed: SEED },
    );
  },
);

test('RFC 4787 REQ-2: one host, one external address; or each mapping the next', () => {
  const externalAddresses = ['203.0.113.1', '203.0.113.2'];
  const addressesOf = (pooling: 'paired' | 'arbitrary'): string[] => {
    const nat = createNat({ ...compliant, externalAddresses, pooling });
    const ends = [inside, at('10.0.0.3', 1024), at('10.0.0.2', 5002), at('10.0.0.2', 5004)];
    return ends.map((end) => send(nat, end, remote).split(':')[0]!.slice(-1));
  };
  expect(addressesOf('paired')).toEqual(['1', '2', '1', '1']);
  expect(addressesOf('arbitrary')).toEqual(['1', '2', '1', '2']);
});

test('RFC 4787 §4.3: a mapping ends after its timeout, and what goes out keeps it', () => {
  const nat = createNat({ ...compliant, timeoutMs: 1000 });
  const external = send(nat, inside, remote, 0);
  expect(arrives(nat, remote, external, 999)).toBe('10.0.0.2:5000');
  expect(arrives(nat, remote, external, 1000)).toBe('no-mapping');
  expect(send(nat, inside, remote, 1500)).toBe(external);
  expect(send(nat, inside, remote, 2400)).toBe(external);
  expect(arrives(nat, remote, external, 3399)).toBe('10.0.0.2:5000');
  expect(nat.mappings(3399)).toMatchObject([{ internal: inside, expiresAtMs: 3400 }]);
  expect(nat.mappings(3400)).toEqual([]);
});

test('RFC 4787 REQ-6: what comes in keeps a mapping alive only where the NAT says so', () => {
  for (const inboundRefresh of [false, true]) {
    const nat = createNat({
      mapping: 'endpoint-independent',
      filtering: 'address-dependent',
      timeoutMs: 1000,
      inboundRefresh,
    });
    const external = send(nat, inside, remote, 0);
    arrives(nat, remote, external, 900);
    expect(arrives(nat, remote, external, 1800)).toBe(inboundRefresh ? '10.0.0.2:5000' : 'no-mapping');
  }
});

test('a filter is forgotten like a mapping, while the mapping lives on', () => {
  const nat = createNat({ mapping: 'endpoint-independent', filtering: 'address-dependent', timeoutMs: 1000 });
  const external = send(nat, inside, remote, 0);
  send(nat, inside, otherAddress, 800);
  expect(arrives(nat, remote, external, 1500)).toBe('filtered');
  expect(arrives(nat, otherAddress, external, 1500)).toBe('10.0.0.2:5000');
});

test('RFC 4787 §6: hairpinning shows the sender from outside, or from inside, or not at all', () => {
  const seen = (hairpinning: NonNullable<NatOptions['hairpinning']>): string => {
    const nat = createNat({ ...compliant, hairpinning });
    const external = send(nat, inside, remote);
    const [address = '', port] = external.split(':');
    const packet = { source: at('10.0.0.3', 6000), destination: at(address, Number(port)), data: 'hello' };
    const result = nat.outbound(packet, 0);
    if (result.action === 'drop') return result.reason;
    expect(result.packet).toMatchObject({ destination: inside, data: 'hello' });
    return `${result.action} ${writeTransportAddress(result.packet.source)}`;
  };
  expect(seen('external-source')).toBe('hairpin 203.0.113.1:6000');
  expect(seen('internal-source')).toBe('hairpin 10.0.0.3:6000');
  expect(seen('none')).toBe('hairpinning-off');
});

test('hairpinned packets are filtered as others are', () => {
  const nat = createNat({ mapping: 'endpoint-independent', filtering: 'address-and-port-dependent' });
  send(nat, inside, remote);
  const knock = { source: at('10.0.0.3', 6000), destination: at('203.0.113.1', 5000) };
  expect(nat.outbound(knock, 0)).toEqual({ action: 'drop', reason: 'filtered' });
  const answer = { source: inside, destination: at('203.0.113.1', 6000) };
  expect(nat.outbound(answer, 0).action).toBe('hairpin');
  expect(nat.outbound(knock, 0).action).toBe('hairpin');
});

test('full tables drop; what has expired makes room', () => {
  const nat = createNat({ ...compliant, maxMappings: 2, timeoutMs: 1000 });
  expect([1, 2, 3].map((host) => send(nat, at(`10.0.0.${host}`, 5000), remote)).at(-1)).toBe('table-full');
  expect(send(nat, at('10.0.0.3', 5000), remote, 1000)).toBe('203.0.113.1:5000');
  const few = createNat({ ...compliant, ports: { first: 5000, last: 5001 }, timeoutMs: 1000 });
  expect(send(few, inside, remote)).toBe('203.0.113.1:5000');
  expect(send(few, at('10.0.0.3', 5000), remote)).toBe('no-port-free');
  expect(send(few, at('10.0.0.3', 5000), remote, 1000)).toBe('203.0.113.1:5000');
});

test(`what went out comes back to where it came from, whatever the NAT (seed ${SEED})`, () => {
  const behaviour = fc.constantFrom(...NAT_BEHAVIOURS);
  const ends = fc.array(
    fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 5000, max: 5003 }), fc.nat(3)),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(behaviour, behaviour, ends, (mapping, filtering, list) => {
      const nat = createNat({ mapping, filtering });
      const remotes = [remote, otherPort, otherAddress, otherBoth];
      for (const [host, port, to] of list) {
        const source = at(`10.0.0.${host}`, port);
        const external = send(nat, source, remotes[to]!);
        expect(arrives(nat, remotes[to]!, external)).toBe(writeTransportAddress(source));
      }
      const outside = nat.mappings(0).map(({ external }) => writeTransportAddress(external));
      expect(new Set(outside).size).toBe(outside.length);
    }),
    { seed: SEED },
  );
});

function packetOctets(checksum = true): Uint8Array {
  const addresses = { source: '10.0.0.2', destination: '198.51.100.1' };
  const datagram = { sourcePort: 5000, destinationPort: 3478, payload: Uint8Array.of(1, 2, 3) };
  const payload = encodeDatagram(datagram, checksum ? addresses : undefined);
  return encodeIpv4(createIpv4Packet({ ...addresses, protocol: 17, payload }));
}

test('octets: addresses, ports and both checksums change, and it is one hop further', () => {
  const nat = createNat(compliant);
  for (const checksum of [true, false]) {
    const octets = packetOctets(checksum);
    const result = nat.outbound(natPacketOf(octets), 0);
    if (result.action === 'drop') throw new Error(result.reason);
    const { packet } = decodeIpv4(rewritePacket(octets, result.packet))!;
    expect([packet.source, packet.destination, packet.ttl]).toEqual(['203.0.113.1', '198.51.100.1', 63]);
    const datagram = decodeDatagram(packet.payload, { addresses: packet })!;
    expect([datagram.sourcePort, datagram.checksumIsRight]).toEqual([5000, checksum || undefined]);
  }
});

test('impossible options are refused', () => {
  for (const wrong of [
    { timeoutMs: 0 },
    { externalAddresses: [] },
    { ports: { first: 10, last: 9 } },
    { portAssignment: 'random' as const },
  ])
    expect(() => createNat({ ...compliant, ...wrong })).toThrow(
      expect.objectContaining({ code: 'NAT_OPTION_INVALID' }),
    );
});

fuzzDecoder('packets through a NAT', {
  samples: [packetOctets(), packetOctets(false)],
  decode: (octets) => rewritePacket(octets, natPacketOf(octets)),
  errorClass: NatError,
});
