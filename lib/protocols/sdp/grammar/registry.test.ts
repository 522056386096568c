import { expect, test } from 'vitest';
import { ATTRIBUTES, findAttribute, type AttributeName } from './attributes';

/** IANA, Session Description Protocol Parameters, attribute-name: the usage level of each (s session, m media). */
const REGISTRY: Readonly<Record<string, 's' | 'm' | 'sm'>> = {
  ...{ cat: 's', keywds: 's', tool: 's', type: 's', charset: 's', sdplang: 'sm', lang: 'sm' },
  ...{ ptime: 'm', maxptime: 'm', rtpmap: 'm', fmtp: 'm', orient: 'm', framerate: 'm', quality: 'm' },
  ...{ recvonly: 'sm', sendrecv: 'sm', sendonly: 'sm', inactive: 'sm' },
  ...{ group: 's', mid: 'm', 'bundle-only': 'm', label: 'm', content: 'm', depend: 'm', imageattr: 'm' },
  ...{ rtcp: 'm', 'rtcp-fb': 'm', 'rtcp-mux': 'm', 'rtcp-mux-only': 'm', 'rtcp-rsize': 'm', 'rtcp-xr': 'sm' },
  ...{ extmap: 'sm', 'extmap-allow-mixed': 'sm', msid: 'm', ssrc: 'm', 'ssrc-group': 'm' },
  ...{ rid: 'm', simulcast: 'm', 'source-filter': 'sm', mediaclk: 'sm', 'ts-refclk': 'sm', control: 'sm' },
  ...{ candidate: 'm', 'remote-candidates': 'm', 'end-of-candidates': 'sm', 'ice-lite': 's' },
  ...{ 'ice-mismatch': 'm', 'ice-pwd': 'sm', 'ice-ufrag': 'sm', 'ice-options': 'sm', 'ice-pacing': 's' },
  ...{ setup: 'sm', connection: 'sm', fingerprint: 'sm', 'tls-id': 'm', crypto: 'm', identity: 's' },
  ...{ 'sctp-port': 'm', 'max-message-size': 'm', dcmap: 'm' },
};

/** Of drafts that became something else, and never registered. */
const UNREGISTERED: readonly AttributeName[] = ['msid-semantic', 'sctpmap'];

test('attributes stand at the levels that the registry gives them', () => {
  const level = { s: 'session', m: 'media', sm: 'both' } as const;
  const expected = Object.fromEntries(Object.entries(REGISTRY).map(([name, at]) => [name, level[at]]));
  const own = Object.entries(ATTRIBUTES).filter(([name]) => !(UNREGISTERED as string[]).includes(name));
  expect(Object.fromEntries(own.map(([name, grammar]) => [name, grammar.level]))).toEqual(expected);
  for (const name of UNREGISTERED) expect(findAttribute(name)?.ref).toMatch(/^draft-/);
});
