import { fuzzDecoder } from '@/lib/sim/test-support/fuzz';
import { ByteReader, fromHex, HexError } from '.';

const text = new TextEncoder();

fuzzDecoder('pasted hex', {
  samples: [text.encode('0x01 0xAB\n cd:ef,00'), text.encode('c0ffee'), text.encode('')],
  decode: (octets) => {
    const pasted = String.fromCharCode(...octets);
    const hex = fromHex(pasted);
    if (hex.length * 2 > pasted.length) throw new Error('more octets than digits');
  },
  errorClass: HexError,
});

/** A read past the end is a RangeError of the caller's making; here it gets a code so that the fuzz test can tell it. */
class ReadError extends Error {
  readonly code = 'BYTES_PAST_END';
}

fuzzDecoder('reads of any size, in any order', {
  samples: [Uint8Array.from({ length: 40 }, (_, i) => i)],
  decode: (octets, random) => {
    const reader = new ByteReader(octets);
    for (let i = 0; i < 10; i++) {
      const before = reader.bitOffset;
      const bits = random.integer(1, 32);
      try {
        const value = random.chance(0.5)
          ? reader.bits(bits)
          : random.chance(0.5)
            ? reader.uint24()
            : reader.take(3).length;
        if (!(value >= 0 && value < 2 ** 32)) throw new Error(`a field of ${value}`);
        if (reader.bitOffset > octets.length * 8) throw new Error('read past the end');
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        if (reader.bitOffset !== before) throw new Error('a failed read moved', { cause: error });
        throw new ReadError();
      }
    }
  },
  errorClass: ReadError,
});
