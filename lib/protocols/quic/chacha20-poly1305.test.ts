import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { openChacha20Poly1305, sealChacha20Poly1305 } from './chacha20-poly1305';

test('RFC 8439 §2.8.2: the AEAD', () => {
  const text =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
  const key = Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i);
  const [nonce, additional] = [fromHex('070000004041424344454647'), fromHex('50515253c0c1c2c3c4c5c6c7')];
  const sealed = sealChacha20Poly1305(key, nonce, additional, new TextEncoder().encode(text));
  expect(toHex(sealed.subarray(0, 16))).toBe('d31a8d34648e60db7b86afbc53ef7ec2');
  expect(toHex(sealed.subarray(-16))).toBe('1ae10b594f09e26a7e902ecbd0600691');
  expect(new TextDecoder().decode(openChacha20Poly1305(key, nonce, additional, sealed))).toBe(text);
});

test('it seals as OpenSSL does, and opens nothing that was changed', () => {
  const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const nonce = fc.uint8Array({ minLength: 12, maxLength: 12 });
  const octets = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(key, nonce, octets, octets, fc.nat(), (secret, iv, additional, plaintext, bit) => {
      const sealed = sealChacha20Poly1305(secret, iv, additional, plaintext);
      const cipher = createCipheriv('chacha20-poly1305', secret, iv, { authTagLength: 16 });
      cipher.setAAD(additional, { plaintextLength: plaintext.length });
      const theirs = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
      expect(toHex(sealed)).toBe(theirs.toString('hex'));
      expect(openChacha20Poly1305(secret, iv, additional, sealed)).toEqual(plaintext);
      const at = bit % (sealed.length * 8);
      sealed[at >>> 3] = sealed[at >>> 3]! ^ (1 << (at & 7));
      expect(openChacha20Poly1305(secret, iv, additional, sealed)).toBeUndefined();
    }),
  );
  const nothing = new Uint8Array(0);
  expect(openChacha20Poly1305(new Uint8Array(32), new Uint8Array(12), nothing, nothing)).toBeUndefined();
});
