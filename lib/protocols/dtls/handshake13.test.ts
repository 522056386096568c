import { expect, test } from 'vitest';
import {
  digest,
  earlySecret,
  type Extension,
  getSuiteOrThrow,
  groupAlgorithm,
  keyShareOf,
  NAMED_GROUPS,
  RETRY_REQUEST_RANDOM,
  sharedSecret,
} from '@/lib/protocols/tls';
import {
  createRetryCookie,
  decodeAck,
  decodeDatagram,
  decodeFragments,
  decodeMessage,
  dtlsDeriveSecret,
  dtlsFinishedMac,
  type DtlsMessage,
  dtlsNextSecret,
  dtlsUpdatedSecret,
  encodeAck,
  encodeFragment,
  encodeMessage,
  encodePlaintextRecord,
  EpochReader13,
  fragmentMessage,
  HandshakeReassembler,
  messageHash13,
  openRetryCookie,
  packRecords,
  protectRecord13,
  recordKeys,
  transcript13,
} from '.';

const suite = getSuiteOrThrow(0x1301);
const secret = new Uint8Array(32).fill(3);
const address = Uint8Array.of(192, 0, 2, 1, 0x30, 0x39);
const key = async () => {
  const pair = await crypto.subtle.generateKey(groupAlgorithm(NAMED_GROUPS.x25519), true, ['deriveBits']);
  return keyShareOf(NAMED_GROUPS.x25519, pair as CryptoKeyPair);
};

/** Messages in records that are not protected, and what the other end reads of them. */
function overPlaintext(message: ReturnType<typeof encodeMessage>, sequenceNumber: number): DtlsMessage {
  const records = fragmentMessage(message, 100).map((fragment, index) =>
    encodePlaintextRecord({
      type: 22,
      version: 0xfefd,
      epoch: 0,
      sequenceNumber: sequenceNumber + index,
      fragment: encodeFragment(fragment),
    }),
  );
  const reassembler = new HandshakeReassembler(message.messageSeq);
  const read = packRecords(records, 150)
    .flatMap((datagram) => decodeDatagram(datagram))
    .flatMap((record) => (record.form === 'plaintext' ? decodeFragments(record.fragment) : []))
    .flatMap((fragment) => reassembler.push(fragment));
  expect(read).toEqual([message]);
  return decodeMessage(read[0]!, '1.3');
}

test('RFC 9147 §5.1, §5.7, §5.9, §6.1, §7, §8: a handshake of 1.3 with its cookie, under real keys', async () => {
  const [clientShare, serverShare] = [await key(), await key()];
  const hello = (cookie: Extension[]) => ({
    type: 'client_hello' as const,
    version: 0xfefd,
    random: new Uint8Array(32).fill(1),
    sessionId: new Uint8Array(),
    cookie: new Uint8Array(),
    cipherSuites: [suite.number],
    compressionMethods: Uint8Array.of(0),
    extensions: [
      { type: 'supported_versions' as const, versions: [0xfefc] },
      {
        type: 'key_share' as const,
        entries: [{ group: clientShare.group, keyExchange: clientShare.publicKey }],
      },
      ...cookie,
    ],
  });
  const serverHello = (random: Uint8Array, extensions: Extension[], isRetryRequest: boolean) => ({
    ...{
      type: 'server_hello' as const,
      version: 0xfefd,
      random,
      sessionId: new Uint8Array(),
      compressionMethod: 0,
    },
    cipherSuite: suite.number,
    extensions: [{ type: 'selected_version' as const, version: 0xfefc }, ...extensions],
    isRetryRequest,
  });

  // Flights 1 to 3: the server keeps nothing but its secret, and the cookie brings the hash of the first hello back.
  const hello1 = encodeMessage(hello([]), 0);
  const helloHash = await digest(suite.hash, transcript13([hello1]));
  const cookie = await createRetryCookie(secret, address, { cipherSuite: suite.number, helloHash });
  const retry = encodeMessage(serverHello(RETRY_REQUEST_RANDOM, [{ type: 'cookie', cookie }], true), 0);
  const asked = overPlaintext(retry, 0);
  const brought = asked.type === 'server_hello' && asked.extensions?.find(({ type }) => type === 'cookie');
  if (!brought || brought.type !== 'cookie') throw new Error('no cookie');
  const hello2 = encodeMessage(hello([brought]), 1);
  overPlaintext(hello2, 3);
  const state = await openRetryCookie(secret, address, brought.cookie);
  expect(state).toEqual({ cipherSuite: suite.number, helloHash });

  // Flight 4: both derive the handshake's secrets from the same transcript.
  const answer = encodeMessage(
    serverHello(
      new Uint8Array(32).fill(2),
      [{ type: 'key_share', entries: [{ group: serverShare.group, keyExchange: serverShare.publicKey }] }],
      false,
    ),
    1,
  );
  expect(overPlaintext(answer, 5).type).toBe('server_hello');
  const first = { msgType: 254, body: state!.helloHash };
  expect(await messageHash13(suite, hello1)).toEqual(first);
  const soFar = [first, retry, hello2, answer];
  const hash = (messages: typeof soFar) => digest(suite.hash, transcript13(messages));
  const premaster = await sharedSecret(serverShare, clientShare.publicKey);
  expect(premaster).toEqual(await sharedSecret(clientShare, serverShare.publicKey));
  const handshake = await dtlsNextSecret(suite, await earlySecret(suite), premaster);
  const serverTraffic = await dtlsDeriveSecret(suite, handshake, 's hs traffic', await hash(soFar));
  const clientTraffic = await dtlsDeriveSecret(suite, handshake, 'c hs traffic', await hash(soFar));
  const serverKeys = await recordKeys(suite, serverTraffic);

  const encrypted = encodeMessage({ type: 'encrypted_extensions', extensions: [] }, 2);
  const serverMac = await dtlsFinishedMac(suite, serverTraffic, await hash([...soFar, encrypted]));
  const serverFinished = encodeMessage({ type: 'finished', verifyData: serverMac }, 3);
  const sealed = await Promise.all(
    [encrypted, serverFinished].map((message, sequenceNumber) =>
      protectRecord13(serverKeys, {
        epoch: 2,
        sequenceNumber,
        type: 22,
        content: encodeFragment(fragmentMessage(message, 200)[0]!),
      }),
    ),
  );
  // One datagram, its records in the wrong order.
  const clientReader = new EpochReader13(serverKeys);
  const reassembler = new HandshakeReassembler(2);
  const read: DtlsMessage[] = [];
  for (const record of decodeDatagram(packRecords(sealed.reverse(), 1200)[0]!)) {
    const opened = record.form === 'unified' ? await clientReader.open(record) : undefined;
    for (const fragment of decodeFragments(opened!.content))
      for (const message of reassembler.push(fragment)) read.push(decodeMessage(message, '1.3'));
  }
  expect(read).toEqual([
    { type: 'encrypted_extensions', extensions: [] },
    { type: 'finished', verifyData: serverMac },
  ]);

  // Flight 5 and the ACK, which comes under the application's keys.
  const throughServer = [...soFar, encrypted, serverFinished];
  const clientMac = await dtlsFinishedMac(suite, clientTraffic, await hash(throughServer));
  const master = await dtlsNextSecret(suite, handshake);
  const application = await dtlsDeriveSecret(suite, master, 's ap traffic', await hash(throughServer));
  const finished = encodeFragment(
    fragmentMessage(encodeMessage({ type: 'finished', verifyData: clientMac }, 2), 200)[0]!,
  );
  const clientKeys = await recordKeys(suite, clientTraffic);
  const [last] = decodeDatagram(
    await protectRecord13(
      clientKeys,
      { epoch: 2, sequenceNumber: 0, type: 22, content: finished },
      { hasLength: false },
    ),
  );
  const openedLast = last?.form === 'unified' && (await new EpochReader13(clientKeys).open(last));
  expect(openedLast).toMatchObject({ sequenceNumber: 0, type: 22, content: finished });
  const say = async (epoch: number, traffic: Uint8Array, type: number, content: Uint8Array) => {
    const keys = await recordKeys(suite, traffic);
    const [record] = decodeDatagram(await protectRecord13(keys, { epoch, sequenceNumber: 0, type, content }));
    return record?.form === 'unified' ? new EpochReader13(keys).open(record) : undefined;
  };
  const ack = await say(3, application, 26, encodeAck([{ epoch: 2, sequenceNumber: 0 }]));
  expect([ack?.type, decodeAck(ack!.content)]).toEqual([26, [{ epoch: 2, sequenceNumber: 0 }]]);

  // §8: after a KeyUpdate, epoch 4.
  const updated = await dtlsUpdatedSecret(suite, application);
  expect((await say(4, updated, 23, Uint8Array.of(1)))?.content).toEqual(Uint8Array.of(1));
});
