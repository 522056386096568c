import { beforeAll, describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { readCertificate } from '@/lib/x509';
import {
  certificateVerifyInput,
  decodeHandshake,
  deriveSecret,
  earlySecret,
  encodeHandshake,
  finishedMac,
  getSuiteOrThrow,
  HandshakeReader,
  nextSecret,
  RecordProtection,
  RecordReader,
  sharedSecret,
  trafficKeys,
  Transcript,
  verifySignature,
} from './index';
import { x25519ShareOf } from './test-support/x25519-share';

/** Values of RFC 8448 §6, an example of the IETF Trust. */
const suite = getSuiteOrThrow(0x1301);
const join = (...parts: string[]) => fromHex(parts.join(''));

const clientHello = join(
  '010000bc03036a472236328b83af40386d3a3e1f1ce624fa4ed89ab865a4ff0f4144ce3ae2330000061301130313020100008d',
  '0000000b0009000006736572766572ff01000100000a00140012001d0017001800190100010101020103010400330026002400',
  '1d0020089cc2671f738d9a671e5b2e464981d05b76e361aa22aea91f1d49ca10a7a362002b0003020304000d0020001e040305',
  '030603020308040805080604010501060102010402050206020202002d00020101001c00024001',
);
const serverHello = join(
  '0200005603033b50fdf1c3d572e40e68953e7fff4e2758459c59afa0582c0ea032874255fe6e00130100002e00330024001d00',
  '206c2e50e865919a6b5a12dfaf918f92b442567b0f89bc54478c6921366658f062002b00020304',
);
const serverFlight = join(
  '17030302166d0a7ac079b32a94aa68c4e2893e8bd0d3c185f549c236fbbce3d647f08f3c94a2bf424d8708883605ad8955f977',
  '18b0213dead13dfb23ebb8381da582756612bcb5a5d40847719fbe9f179bfae656f3ecfd59a4c0d35132ce418a7e46f6b6a606',
  '22f8a6c06b28d83360163563be9c37f97eb902326924a72b3ed8c8381277d1581cab9c3715ac2401398467ad7ebfab3d0c3419',
  'e750104f7d62c5027901f2e4cd4ca5b8071eb03d3c732d83215066dfc4d291d4c1ff3b8d7e4298f677d4d51dea1168d8f16cb2',
  '7ba40266313a1fedf9e23cc77f765450f9e96f05d08f3da245b14d4946f07ec81eed6d56f26bd574f0b7f7c7047037c16fce3b',
  '23754e662fad73e2b7213f6af296769c99a1d38e6232e0ec8dc4f84d6aa6f7de3887be0057862f9018e0ab396705aa4090ab5f',
  '2dff6325a557e7320d4effd46bb4f997d163207cce6665294aa4465541e3fe37ee7350659ea550d6dcb6af3c518852c7a14c3c',
  'c15bc32b3273bdf1751da184203135b117d300204fb12d58ca9ac34b68eca27030832f7a4b46d2a55757f63fe8f6e85ac47469',
  'e6198da88a64586bf23c69590de822263be75fd836847240c48f8c145cd6bd698962e7edc234ebe59231351eef8d7652cf3b08',
  'ab3af6e5ec74c58a8da34b39f9b0d6c4279a9a1f82071729e7059dd7f7b95b9433c4684ce1891a6d33432d52eddb0b8cee9181',
  'd403eccc12991f1ad4aa62c36049713a7bb135fdda6661a05a93f8c16f',
);
const clientCertificate = join(
  '0b0001bf000001bb0001b6308201b23082011ba003020102020101300d06092a864886f70d01010b05003011310f300d060355',
  '04031306636c69656e74301e170d3136303733303031323335395a170d3236303733303031323335395a3011310f300d060355',
  '04031306636c69656e7430819f300d06092a864886f70d010101050003818d0030818902818100c38175e004a68d093f823b9c',
  '379d201fbc0bb7a1c791905e3fbf76847e44e751ebbcd360bd945c81e5222bcc8846d3a8a0f93e9bf5bebabd92edf1de1ff190',
  '21703e7ab6c0901513f97e39b111f09c9348971c7b211984a754cd45fe095af0ea4236829bccf7a7fe9b2888e78ab477690a5b',
  '9e1ccbe91c6a4a0f97a7e02842010203010001a31a301830090603551d1304023000300b0603551d0f040403020780300d0609',
  '2a864886f70d01010b0500038181001a7a5a018532b022af0767d486160cff2d167a1915d23835b54594916dc680be5d2e6260',
  '76c5d52722ebcc775d7d99f980be2fc94d34acf6cc00ba90cbcfb0608aa1e7e3971ef0c07a41d47ad8345d1f81fe418a1cf410',
  '54429fd217bd777dc1cf08f05df90799c659361e0f1a8ee4ac0f7897420bdbc823da80a2f2ba23081c0000',
);
const clientVerify = join(
  '0f00008408040080186b2223b503a759c35dba0e9721b4b579138d5f0f5e6ec7feaaf27f3ad7f386c2c7bd7cb2be52fbf5ed83',
  '93f406ee79369692ec7ac695651d858219e672a8eb7b2a677b640b46ab630edc5f3f2f8272b9c0d906f81f84ddc5b8c7bcf955',
  'c78a3cf99e5016f73e04eb7dfcb28833f13e8f75ec2ff3581e2f098ad4157fd6d6ad',
);

describe('RFC 8448 §6: client authentication', () => {
  const transcript = new Transcript();
  let handshakeSecret: Uint8Array;
  const derive = async (secret: Uint8Array, label: Parameters<typeof deriveSecret>[2]) =>
    deriveSecret(suite, secret, label, await transcript.hash(suite));

  /** What a side's CertificateVerify says of its Certificate, under the key of that. */
  const isSigned = async (certificate: Uint8Array, verify: Uint8Array, side: 'server' | 'client') => {
    const [shown, proof] = [decodeHandshake(certificate), decodeHandshake(verify)];
    if (shown.type !== 'certificate' || proof.type !== 'certificate_verify') throw new Error(proof.type);
    const { subjectPublicKeyInfo } = readCertificate(shown.entries[0]!.certificate);
    const signed = certificateVerifyInput(side, await transcript.hash(suite));
    return verifySignature(proof.scheme, subjectPublicKeyInfo, proof.signature, signed);
  };

  beforeAll(async () => {
    const ours = await x25519ShareOf('c040b2bb8f3addd20fd4058c547003a3c6f9c1cd915d5e535c87d8d191aaf071');
    const theirs = fromHex('6c2e50e865919a6b5a12dfaf918f92b442567b0f89bc54478c6921366658f062');
    const shared = await sharedSecret(ours, theirs);
    handshakeSecret = await nextSecret(suite, await earlySecret(suite), shared);
  });

  test('the whole of it, from the hellos to the last secrets', async () => {
    transcript.add(clientHello);
    transcript.add(serverHello);
    const server = await derive(handshakeSecret, 's hs traffic');
    const client = await derive(handshakeSecret, 'c hs traffic');
    expect(toHex(server)).toBe('8b02d3c00442a2722c4098ebe8675b23e801510f0d7ed778d8eb0b8f42a19a5e');
    expect(toHex(client)).toBe('cec7a30c6872070f22a7eeb065768db67c45e29533db879908ce6dc66f5911de');

    const [record] = new RecordReader().push(serverFlight);
    const { content } = await new RecordProtection(await trafficKeys(suite, server)).open(record!);
    const [extensions, request, certificate, verify, finished] = new HandshakeReader().push(content);
    expect(decodeHandshake(request!)).toMatchObject({
      type: 'certificate_request',
      context: new Uint8Array(),
      extensions: [{ type: 'signature_algorithms' }],
    });
    for (const message of [extensions!, request!, certificate!]) {
      expect(toHex(encodeHandshake(decodeHandshake(message)))).toBe(toHex(message));
      transcript.add(message);
    }
    expect(await isSigned(certificate!, verify!, 'server')).toBe(true);
    transcript.add(verify!);
    const verifyData = await finishedMac(suite, server, await transcript.hash(suite));
    expect(decodeHandshake(finished!)).toEqual({ type: 'finished', verifyData });
    transcript.add(finished!);

    const master = await nextSecret(suite, handshakeSecret);
    expect(toHex(await derive(master, 'c ap traffic'))).toBe(
      '73c2e890fa8d067258d6d50fa92fe456b098cf00d9727eed91e8892ef4e6f860',
    );
    expect(toHex(await derive(master, 's ap traffic'))).toBe(
      'c49a91faf57f8c545d5048a015bf849ff63942e4a7edcd319f8b438a97c52e21',
    );
    expect(toHex(await derive(master, 'exp master'))).toBe(
      '052e39795e5f2be6e4e0974cfdd86c6a7afe3e57e5589810a3cccf642958beb2',
    );

    transcript.add(clientCertificate);
    expect(await isSigned(clientCertificate, clientVerify, 'client')).toBe(true);
    transcript.add(clientVerify);
    const last = await finishedMac(suite, client, await transcript.hash(suite));
    expect(toHex(last)).toBe('9afe2ba2f63a09d229d8a429e5b37ffd9fcc73bdb5911b82425972aa2892440f');
    transcript.add(encodeHandshake({ type: 'finished', verifyData: last }));
    expect(toHex(await derive(master, 'res master'))).toBe(
      '1006dccbf40eb4eb978bff0392a9e452a4fbad58aa14784d5a241c6b49daccfb',
    );
  });
});
