import { constants, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createRandom } from '@/lib/sim';
import {
  encodeClose,
  encodeFrame,
  encodeMessage,
  FrameReader,
  HANDSHAKE_RULES,
  MessageReader,
  parseExtensions,
  parseUpgradeRequest,
  parseUpgradeResponse,
  PerMessageDeflate,
  VIOLATIONS,
  WebSocketError,
  WebSocketHandshakeError,
  writeUpgradeRequest,
  writeUpgradeResponse,
} from '.';

/** Inputs a decoder; `FUZZ_RUNS=1000000` for the long run. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 4000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const params = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: 15,
  clientMaxWindowBits: 15,
};

/** What is mutated: good octets of every kind. */
const conversation = Buffer.concat([
  ...encodeMessage('Hello, wörld €', { fragmentOctets: 6 }),
  encodeFrame({ fin: true, opcode: 9, payload: new Uint8Array(125) }),
  ...encodeMessage(new Uint8Array(300)),
  encodeClose(1000, 'bye'),
]);
const compressed = Buffer.concat([
  ...encodeMessage('price price price', { deflate: new PerMessageDeflate(params, 'server') }),
  Buffer.from('c10b000500faff48656c6c6f00', 'hex'),
]);
// A block with its own codes (RFC 1951 §3.2.7), as zlib writes it.
const dynamic = deflateRawSync('a block with codes of its own, for '.repeat(3) + 'zebras & quails', {
  finishFlush: constants.Z_SYNC_FLUSH,
}).subarray(0, -4);
const request = Buffer.from(
  writeUpgradeRequest({
    target: '/chat',
    host: 'a.example',
    key: KEY,
    subprotocols: ['chat'],
    extensions: parseExtensions('permessage-deflate; client_max_window_bits'),
  }),
);
const response = Buffer.from(writeUpgradeResponse({ key: KEY, subprotocol: 'chat' }));

type Target = { samples: readonly Uint8Array[]; decode(pieces: readonly Uint8Array[]): void };
const reading =
  (create: () => { push(chunk: Uint8Array): unknown }) =>
  (pieces: readonly Uint8Array[]): void => {
    const reader = create();
    for (const piece of pieces) reader.push(piece);
  };
const targets: Record<string, Target> = {
  FrameReader: { samples: [conversation], decode: reading(() => new FrameReader({ maxPayload: 4096 })) },
  MessageReader: {
    samples: [conversation],
    decode: reading(() => new MessageReader({ role: 'client', maxMessage: 4096 })),
  },
  'MessageReader with permessage-deflate': {
    samples: [compressed, Buffer.concat([Uint8Array.of(0xc2, dynamic.length), dynamic])],
    decode: reading(
      () =>
        new MessageReader({
          role: 'client',
          maxMessage: 4096,
          deflate: new PerMessageDeflate(params, 'client'),
        }),
    ),
  },
  parseUpgradeRequest: {
    samples: [request],
    decode: (pieces) => void parseUpgradeRequest(Buffer.concat(pieces)),
  },
  parseUpgradeResponse: {
    samples: [response],
    decode: (pieces) =>
      void parseUpgradeResponse(Buffer.concat(pieces), { key: KEY, subprotocols: ['chat'] }),
  },
};

const codes = new Set<string>([...Object.keys(VIOLATIONS), ...Object.keys(HANDSHAKE_RULES)]);

test.each(Object.entries(targets))(
  `%s: ${RUNS} random and mutated inputs bring nothing but errors with a code (seed ${SEED})`,
  (_, { samples, decode }) => {
    const random = createRandom(SEED);
    const octet = () => random.integer(0, 255);
    const seen = new Map<string, number>();
    for (let run = 0; run < RUNS; run++) {
      const sample = samples[run % samples.length]!;
      const octets = random.chance(0.3)
        ? Uint8Array.from({ length: random.integer(0, 60) }, octet)
        : Uint8Array.from(sample);
      for (let edits = random.integer(0, 4); edits > 0 && octets.length > 0; edits--) {
        octets[random.integer(0, octets.length - 1)] = random.chance(0.5)
          ? octet()
          : 1 << random.integer(0, 7);
      }
      const cut = random.integer(0, octets.length);
      const end = random.chance(0.2) ? random.integer(cut, octets.length) : octets.length;
      try {
        decode([octets.subarray(0, cut), octets.subarray(cut, end)]);
      } catch (error) {
        if (!(error instanceof WebSocketError || error instanceof WebSocketHandshakeError)) {
          throw new Error(`input ${Buffer.from(octets).toString('hex')} cut at ${cut}`, { cause: error });
        }
        seen.set(error.code, (seen.get(error.code) ?? 0) + 1);
      }
    }
    expect([...seen.keys()].filter((code) => !codes.has(code))).toEqual([]);
    expect(seen.size).toBeGreaterThan(2);
    console.log(Object.fromEntries(seen));
  },
  600_000,
);
