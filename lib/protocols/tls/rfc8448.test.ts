import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import {
  decodeHandshake,
  deriveSecret,
  earlySecret,
  encodeHandshake,
  finishedMac,
  getSuiteOrThrow,
  nextSecret,
  RecordProtection,
  trafficKeys,
  Transcript,
} from './index';

/** Values of RFC 8448, an example of the IETF Trust, section by section. */
const suite = getSuiteOrThrow(0x1301);
const join = (...parts: string[]) => fromHex(parts.join(''));

describe('RFC 8448 §4: a resumed 0-RTT handshake', () => {
  const psk = fromHex('4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3');
  const binder = '3add4fb2d8fdf822a0ca3cf7678ef5e88dae990141c5924d57bb6fa31b9e5f9d';
  const clientHello = join(
    '010001fc03031bc3ceb6bbe39cff938355b5a50adb6db21b7a6af649d7b4bc419d7876487d95000006130113031302010001cd',
    '0000000b0009000006736572766572ff01000100000a00140012001d00170018001901000101010201030104003300260024001d',
    '0020e4ffb68ac05f8d96c99da26698346c6be16482badddafe051a66b4f18d668f0b002a0000002b0003020304000d0020001e',
    '040305030603020308040805080604010501060102010402050206020202002d00020101001c00024001001500570000',
    '00'.repeat(85),
    '002900dd00b800b22c035d829359ee5ff7af4ec900000000262a6494dc486d2c8a34cb33fa90bf1b0070ad3c498883c9367c09a2',
    'be785abc55cd226097a3a982117283f82a03a143efd3ff5dd36d64e861be7fd61d2827db279cce145077d454a3664d4e6da4d29e',
    'e03725a6a4dafcd0fc67d2aea70529513e3da2677fa5906c5b3f7d8f92f228bda40dda721470f9fbf297b5aea617646fac5c0327',
    '2e970727c621a79141ef5f7de6505e5bfbc388e93343694093934ae4d357fad6aacb002120',
    binder,
  );

  test('the hello, early_data and the ticket in it, is read and written again', () => {
    const hello = decodeHandshake(clientHello);
    if (hello.type !== 'client_hello') throw new Error(hello.type);
    expect(hello.extensions!.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['early_data', 'pre_shared_key']),
    );
    expect(toHex(encodeHandshake(hello))).toBe(toHex(clientHello));
  });

  test('the binder covers all before the binders', async () => {
    const transcript = new Transcript();
    const nothing = await transcript.hash(suite);
    transcript.add(clientHello.slice(0, -35));
    const key = await deriveSecret(suite, await earlySecret(suite, psk), 'res binder', nothing);
    expect(toHex(await finishedMac(suite, key, await transcript.hash(suite)))).toBe(binder);
  });

  test('early data is sealed by what comes of the hello alone, and EndOfEarlyData is the next record', async () => {
    const transcript = new Transcript();
    transcript.add(clientHello);
    const hash = await transcript.hash(suite);
    const secret = await deriveSecret(suite, await earlySecret(suite, psk), 'c e traffic', hash);
    expect(toHex(secret)).toBe('3fbbe6a60deb66c30a32795aba0eff7eaa10105586e7be5c09678d63b6caab62');
    const keys = await trafficKeys(suite, secret);
    expect([toHex(keys.key), toHex(keys.iv)]).toEqual([
      '920205a5b7bf2115e6fc5c2942834f54',
      '6d475f0993c8e564610db2b9',
    ]);
    const protection = new RecordProtection(keys);
    expect(toHex(await protection.seal(23, fromHex('414243444546')))).toBe(
      '1703030017ab1df420e75c457a7cc5d2844f76d5aee4b4edbf049be0',
    );
    expect(toHex(await protection.seal(22, encodeHandshake({ type: 'end_of_early_data' })))).toBe(
      '1703030015aca6fc944841298df99593725f9bf9754429b12f09',
    );
  });

  test("the client's Finished covers EndOfEarlyData (§4.4.4)", async () => {
    const transcript = new Transcript();
    transcript.add(clientHello);
    const serverHello = join(
      '0200005c03033ccfd2dec890222763472ae8136777c9d7358777bb66e91ea5122495f559ea2d00130100003400290002000000',
      '330024001d0020121761ee42c333e1b9e77b60dd57c2053cd94512ab47f115e86eff50942cea31002b00020304',
    );
    transcript.add(serverHello);
    const shared = fromHex('f44194756ff9ec9d25180635d66ea6824c6ab3bf179977be37f723570e7ccb2e');
    const secret = await nextSecret(suite, await earlySecret(suite, psk), shared);
    const client = await deriveSecret(suite, secret, 'c hs traffic', await transcript.hash(suite));
    expect(toHex(client)).toBe('2faac08f851d35fea3604fcb4de82dc62c9b164a70974d0462e27f1ab278700f');
    transcript.add(
      fromHex('080000280026000a00140012001d00170018001901000101010201030104001c0002400100000000002a0000'),
    );
    transcript.add(fromHex('1400002048d3e0e1b3d907c6acff145e16090388c77b05c050b634ab1a88bbd0dd1a34b2'));
    transcript.add(encodeHandshake({ type: 'end_of_early_data' }));
    const verifyData = await finishedMac(suite, client, await transcript.hash(suite));
    expect(toHex(verifyData)).toBe('7230a9c952c25cd6138fc5e6628308c41c5335dd81b9f96bcea50fd32bda416d');
    const sealed = await new RecordProtection(await trafficKeys(suite, client)).seal(
      22,
      encodeHandshake({ type: 'finished', verifyData }),
    );
    expect(toHex(sealed)).toBe(
      '170303003500f8b467d14cf22a4b3f0b6ae0d8e6cc8d08e0db3515ef5c2bdf1922eafbb70009964716d834fb70c3d2a56c5b1f5f6bdba6c333cf',
    );
  });
});

describe('RFC 8448 §5: a HelloRetryRequest', () => {
  const cookie = [
    '002c0074007271dcd04bb88bc3189119398a00000000eefafc76c146b823b096f8aacad365dd0030953f4edf625636e5f21bb2e2',
    '3fcc654b1b5b40318d10d137abcbb87574e36e8a1f025f7dfa5d6e50781b5eda4aa15b0c8be778257d16aa3030e9e7841dd9e4c0',
    '342267e8ca0caf571fb2b7cff0f934b0',
  ].join('');
  const firstHello = join(
    '010000b00303b0b1c5a5aa37c5919f2ed1d5c6fff7fcb7849716945a2b8cee9258a346677b6f00000613011303130201000081',
    '0000000b0009000006736572766572ff01000100000a00080006001d00170018003300260024001d0020e8e8e3f3b93a25ed97a1',
    '4a7dcacb8a272c6288e585c6484d05262fcad062ad1f002b0003020304000d0020001e0403050306030203080408050806040105',
    '01060102010402050206020202002d00020101001c00024001',
  );
  const retry = join(
    '020000ac0303cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c001301000084003300020017',
    cookie,
    '002b00020304',
  );
  const secondHello = join(
    '010001fc0303b0b1c5a5aa37c5919f2ed1d5c6fff7fcb7849716945a2b8cee9258a346677b6f0000061301130313020100',
    '01cd0000000b0009000006736572766572ff01000100000a00080006001d001700180033004700450017004104a6da7392ec591e',
    '17abfd535964b99894d13befb221b3def2ebe3830eac8f0151812677c4d6d2237e85cf01d6910cfb83954e76ba73528305341598',
    '97e8065780002b0003020304000d0020001e04030503060302030804080508060401050106010201040205020602020',
    '2',
    cookie,
    '002d00020101001c00024001001500af',
    '00'.repeat(175),
  );
  const serverHello = join(
    '020000770303bb341d847fd789c47c387172dc0c9bf147fccacb5043d86ca4c598d3ff571b9800130100004f0033004500170041',
    '04583e054b7a66672ae020ad9d2686fcc85b5ad41a134a0f03ee72b893052bd85b4c8de6776f5b04ac07d83540eab3e3d9c547bc',
    '6528c4317d294686093a6cad7d002b00020304',
  );

  test('says which group it wants and what to bring along', () => {
    expect(decodeHandshake(retry)).toMatchObject({
      isRetryRequest: true,
      extensions: [
        { type: 'key_share_retry', group: 0x17 },
        { type: 'cookie' },
        { type: 'selected_version' },
      ],
    });
  });

  test('in the transcript the first hello is its hash (RFC 8446 §4.4.1)', async () => {
    const transcript = new Transcript();
    transcript.add(firstHello);
    await transcript.foldIntoHash(suite);
    expect(toHex(transcript.octets.slice(0, 4))).toBe('fe000020');
    for (const message of [retry, secondHello, serverHello]) transcript.add(message);
    const hash = await transcript.hash(suite);
    expect(toHex(hash)).toBe('8aa8e828ec2f8a884fec95a3139de01c15a3daa7ff5bfc3f4bfcc21b438d7bf8');
    const shared = fromHex('c142ce13ca11b5c2233652e63ad3d97844f1621fbfb9de69d547dc8fedeabeb4');
    const secret = await nextSecret(suite, await earlySecret(suite), shared);
    expect(toHex(await deriveSecret(suite, secret, 'c hs traffic', hash))).toBe(
      '158aa7ab8855073582b41d674b4055cabcc534728f659314861b4e08e2011566',
    );
  });
});
