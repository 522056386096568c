import fc from 'fast-check';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RtpPacket as WeriftPacket, SrtcpSession, SrtpSession } from 'werift';
import { toHex } from '@/lib/bytes';
import { encodeRtcp, encodeRtp } from '@/lib/protocols/rtp';
import { rtcpDatagrams, rtpPackets } from '@/lib/protocols/rtp/packets.fixture';
import { exportKeyingMaterial12 } from '@/lib/protocols/dtls';
import {
  CryptoContext,
  EXPORTER_LABEL,
  getProfileOrThrow,
  keyingMaterialOctets,
  PROTECTION_PROFILES,
  splitKeyingMaterial,
  SrtpReceiver,
  SrtpSender,
} from './index';

/** werift reads no padding that is encrypted before it is decrypted, and wants elements in its extensions. */
const common = rtpPackets.filter(
  ({ paddingOctets, extension }) =>
    paddingOctets === 0 &&
    (extension === undefined || (extension.form === 'one-byte' && extension.elements.length > 0)),
);

describe.each(['SRTP_AES128_CM_HMAC_SHA1_80', 'SRTP_AEAD_AES_128_GCM'] as const)('werift and %s', (name) => {
  const { keyOctets, saltOctets } = getProfileOrThrow(name);
  const material = Uint8Array.from({ length: 2 * (keyOctets + saltOctets) }, (_, i) => (i * 31 + 5) & 0xff);
  const { client, server } = splitKeyingMaterial(name, material);
  /** A server of werift for each run, and our two ends of the client. */
  const peers = async () => {
    const config = {
      profile: PROTECTION_PROFILES[name],
      keys: {
        localMasterKey: Buffer.from(server.masterKey),
        localMasterSalt: Buffer.from(server.masterSalt),
        remoteMasterKey: Buffer.from(client.masterKey),
        remoteMasterSalt: Buffer.from(client.masterSalt),
      },
    };
    return {
      sender: new SrtpSender(await CryptoContext.derive(name, client)),
      receiver: new SrtpReceiver(await CryptoContext.derive(name, server)),
      rtp: new SrtpSession(config),
      rtcp: new SrtcpSession(config),
    };
  };

  test('it opens media that was protected here, and the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(common, async (packet) => {
        const { sender, receiver, rtp } = await peers();
        const plain = encodeRtp(packet);
        const opened = rtp.decrypt(Buffer.from(await sender.protectRtp(plain)));
        expect(toHex(opened)).toBe(toHex(plain));
        const { header, payload } = WeriftPacket.deSerialize(Buffer.from(plain));
        const theirs = new Uint8Array(rtp.encrypt(payload, header));
        expect(toHex(await receiver.unprotectRtp(theirs))).toBe(toHex(plain));
      }),
      { numRuns: 40 },
    );
  });

  test('both count the rounds of sequence numbers alike', async () => {
    const { sender, receiver, rtp } = await peers();
    for (let i = 0xfffa; i < 0x1_0006; i++) {
      const plain = encodeRtp({
        ...{ marker: false, payloadType: 96, sequenceNumber: i & 0xffff, timestamp: i, ssrc: 9, csrcs: [] },
        ...{ payload: Uint8Array.of(i & 0xff), paddingOctets: 0 },
      });
      expect(toHex(rtp.decrypt(Buffer.from(await sender.protectRtp(plain))))).toBe(toHex(plain));
      const { header, payload } = WeriftPacket.deSerialize(Buffer.from(plain));
      expect(toHex(await receiver.unprotectRtp(new Uint8Array(rtp.encrypt(payload, header))))).toBe(
        toHex(plain),
      );
    }
  });

  test('it opens control that was protected here, and the other way round', async () => {
    const { sender, receiver, rtcp } = await peers();
    await fc.assert(
      fc.asyncProperty(rtcpDatagrams, async (datagram) => {
        const plain = encodeRtcp(datagram);
        if (plain.length < 8) return;
        expect(toHex(rtcp.decrypt(Buffer.from(await sender.protectRtcp(plain))))).toBe(toHex(plain));
        const theirs = new Uint8Array(rtcp.encrypt(Buffer.from(plain)));
        expect(toHex(await receiver.unprotectRtcp(theirs))).toBe(toHex(plain));
      }),
      { numRuns: 40 },
    );
  });
});

test('RFC 5764 §4.2: the keying material of DTLS 1.2 is what werift exports', async () => {
  const prf = join(import.meta.dirname, '../../../node_modules/werift/lib/dtls/src/cipher/prf.js');
  const { exportKeyingMaterial } = createRequire(import.meta.url)(prf) as {
    exportKeyingMaterial(...inputs: [string, number, Buffer, Buffer, Buffer, boolean]): Buffer;
  };
  const octets = keyingMaterialOctets('SRTP_AES128_CM_HMAC_SHA1_80');
  const [master, clientRandom, serverRandom] = [48, 32, 32].map((length, i) => Buffer.alloc(length, i + 1));
  const theirs = exportKeyingMaterial(EXPORTER_LABEL, octets, master!, clientRandom!, serverRandom!, true);
  const randoms = { clientRandom: clientRandom!, serverRandom: serverRandom! };
  expect(toHex(await exportKeyingMaterial12('SHA-256', master!, randoms, EXPORTER_LABEL, octets))).toBe(
    toHex(theirs),
  );
});
