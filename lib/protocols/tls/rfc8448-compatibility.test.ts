import { expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import {
  decodeHandshake,
  deriveSecret,
  earlySecret,
  encodeHandshake,
  encodeRecord,
  finishedMac,
  getSuiteOrThrow,
  HandshakeReader,
  nextSecret,
  RecordProtection,
  RecordReader,
  sharedSecret,
  trafficKeys,
  Transcript,
} from './index';
import { x25519ShareOf } from './test-support/x25519-share';

/** Values of RFC 8448 §7, an example of the IETF Trust: everything that crossed the wire until the client's Finished. */
const suite = getSuiteOrThrow(0x1301);
const join = (...parts: string[]) => fromHex(parts.join(''));

const clientHello = join(
  '16030100e0010000dc03034e640a3f2c2738f09c9418bd78edccd7559d0531199276d4d92a0e9ee9d77d0920a80c165581a8e0',
  'd06c0018d54d3a06dd32cfd4051eb026fad3fd0ba99269e6ef00061301130313020100008d0000000b00090000067365727665',
  '72ff01000100000a00140012001d00170018001901000101010201030104003300260024001d00208e7292cf3056dbb0d25fcb',
  'e55c107dc9bbf83dd9708f39203ba341249a7d9b63002b0003020304000d0020001e0403050306030203080408050806040105',
  '01060102010402050206020202002d00020101001c00024001',
);
const fromServer = join(
  '160303007a020000760303e5dd5948c435f7a38f0f0130708dc322d9df09abd4838117c183a7bb6d994f2c20a80c165581a8e0',
  'd06c0018d54d3a06dd32cfd4051eb026fad3fd0ba99269e6ef130100002e00330024001d00203e30f0f4ba551afd6276834117',
  '5f5265e4daf0c8841617aa4fafdd2142320c22002b00020304',
  '140303000101',
  '17030302a248de891d9c3624a67a6c6f0601ab7ac20c1f6a9e14d2e6007e999e130367a8af1bcfea9498fbce19df4505eece3a',
  '25da523cbe55ea1b3bda4e91995e455d500a4faa6227b7111e1c8547e2d7c179db215303d25827f3cd18f48f6491328cf5c0f8',
  '14d388150bd9e9264aae491db6995069bea17665d5e0c817284d4ac21880054c3657331e23a9304dc88a15c04ec80bd3852bf7',
  'f9d3c6615b15fac83bbca031c6d2310d9f5d7a4b020a4f7c19062b65c05a1d3264b557ec9d8e0f7cee27e36f793039de8dd96e',
  'dfca9009e0651034bff31d7f349eece01d99fcb5fcab840d7707c72299c3b5d04564e880a33c5e846c762e3d922bb55303d1d8',
  '7cc0f06573f17dcb9b8ffd35bbd883c1cb3aa24fcc325005f768ce2fb624ca97b6c4d98e17f35bc2c7940a06100c2d448db718',
  '0b2d862164435c9c210e9860394e05aab23ff1b0203f662c588da5bc4411477a30b41136c488a0a63fcab5c15ac613226dae82',
  '7a1d1fe95ece6b30bcee1560a8d408d264555e760f9bfc624c2c87fd0456c9bfb41bcd1a7b212786d2b67fd57804facfa1eef7',
  'cf2919d8b998c9789f763b4d9caa093a9ded43175d46a76b4d54f0ce0c5d2259b607e30a9d241263874fa59d6f570dc40d83a2',
  'd83bf9e9850d454c57806535a8998ae0357df92f00b9667344c24114ccc9ef539124b204e7e6e748c30a28a3d1d183997243ea',
  'ccbbd33b0c1115a0327106a1e6a75271d4983086f632ff0eb8b4c63102cbcef5bb72dae1279d5de8eb19096d8cdb07fa8ea989',
  '788fac23e66e0488c193f3f3fea8c8838896bf3ae4b6848d42ced4bdf41abe6fc331b44225e7a1f7d3564147d5458e71aa909c',
  'b02be958bbc42e3aa5a27cc6eaf4b6fe51ae4495694d8ab6320aab920183fd5b31a359042fbd67391ec5e4d1892a2e5210141a',
  '494e9301b24a113c474c7f2a73457847',
);

test('RFC 8448 §7: compatibility mode, with a session id and records that mean nothing', async () => {
  const [helloRecord] = new RecordReader().push(clientHello);
  const [serverRecord, changeCipherSpec, flight] = new RecordReader().push(fromServer);
  expect([helloRecord!.version, serverRecord!.version]).toEqual([0x0301, 0x0303]);
  expect(changeCipherSpec).toEqual({ type: 20, version: 0x0303, fragment: Uint8Array.of(1) });
  const [hello, answer] = [helloRecord!, serverRecord!].map(({ fragment }) => decodeHandshake(fragment));
  if (hello?.type !== 'client_hello' || answer?.type !== 'server_hello') throw new Error('hellos');
  expect(hello.sessionId).toHaveLength(32);
  expect(answer.sessionId).toEqual(hello.sessionId);
  expect(toHex(encodeHandshake(hello))).toBe(toHex(helloRecord!.fragment));

  const transcript = new Transcript();
  transcript.add(helloRecord!.fragment);
  transcript.add(serverRecord!.fragment);
  const ours = await x25519ShareOf('dea00b45695dc781f19d34a62c1afd31ab4369af1e855a3bbb258d8442cde6d7');
  const share = answer.extensions?.find((extension) => extension.type === 'key_share');
  const shared = await sharedSecret(ours, share!.entries[0]!.keyExchange);
  const secret = await nextSecret(suite, await earlySecret(suite), shared);
  const hash = await transcript.hash(suite);
  const server = await deriveSecret(suite, secret, 's hs traffic', hash);
  const client = await deriveSecret(suite, secret, 'c hs traffic', hash);

  const { content } = await new RecordProtection(await trafficKeys(suite, server)).open(flight!);
  const messages = new HandshakeReader().push(content);
  expect(messages.map((octets) => decodeHandshake(octets).type)).toEqual([
    ...['encrypted_extensions', 'certificate', 'certificate_verify', 'finished'],
  ]);
  for (const message of messages.slice(0, -1)) transcript.add(message);
  const verifyData = await finishedMac(suite, server, await transcript.hash(suite));
  expect(decodeHandshake(messages.at(-1)!)).toEqual({ type: 'finished', verifyData });
  transcript.add(messages.at(-1)!);

  const last = await finishedMac(suite, client, await transcript.hash(suite));
  const sealed = await new RecordProtection(await trafficKeys(suite, client)).seal(
    22,
    encodeHandshake({ type: 'finished', verifyData: last }),
  );
  expect(toHex(encodeRecord(changeCipherSpec!)) + toHex(sealed)).toBe(
    '140303000101' +
      '170303003532d030e273773a8696c799981af6ced07f87482e81565e394e87c867f33df3d65b7506f1a626af91d4821d5f7a1f210ef8dd3c6d16',
  );
});
