import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { finished12, keyBlock12 } from '@/lib/protocols/tls';
import { Client12 } from './client12.fixture';
import {
  closeSockets,
  connected,
  createWeriftClient,
  fromWerift,
  openSocket,
  startWeriftServer,
  type WeriftPeer,
} from './werift.fixture';
import {
  decodeDatagram,
  decodeFragments,
  decodeMessage,
  DTLS_HANDSHAKE_TYPES,
  encodeFragment,
  encodePlaintextRecord,
  exportKeyingMaterial12,
  fingerprintOf,
  fragmentMessage,
  HandshakeReassembler,
  type NumberedMessage,
  recognizeExchange,
  type Role,
  type SentMessage,
  transcript12,
  unprotectRecord12,
} from '.';

/** The label of SRTP's keys, and use_srtp with its profile 1 (RFC 5764 §4.1.1, §4.2); what they mean is tested in `srtp`. */
const LABEL = 'EXTRACTOR-dtls_srtp';
const useSrtp = { type: 'unknown', number: 14, data: fromHex('0002 0001 00') } as const;

const { DtlsPlaintext } = fromWerift('record/message/plaintext.js') as {
  DtlsPlaintext: { deSerialize(octets: Buffer): { recordLayerHeader: object; fragment: Buffer } };
};
const { FragmentedHandshake } = fromWerift('record/message/fragment.js') as {
  FragmentedHandshake: {
    deSerialize(octets: Buffer): Record<string, unknown>;
    assemble(fragments: unknown[]): { fragment: Buffer; message_seq: number };
  };
};

afterEach(closeSockets);

/** Messages of a recording: those in the clear by reassembly, Finished opened with the keys of the handshake. */
async function readRecording(
  recording: readonly { sender: Role; octets: Uint8Array }[],
  client: WeriftPeer,
  server: WeriftPeer,
) {
  const randoms = {
    clientRandom: client.cipher.localRandom.serialize(),
    serverRandom: server.cipher.localRandom.serialize(),
  };
  const block = await keyBlock12('SHA-256', client.cipher.masterSecret, randoms, 16);
  const readers = { client: new HandshakeReassembler(), server: new HandshakeReassembler() };
  const keysOf = {
    client: { key: block.clientKey, salt: block.clientIv },
    server: { key: block.serverKey, salt: block.serverIv },
  };
  const messages: { sender: Role; message: NumberedMessage }[] = [];
  const played: SentMessage[] = [];
  for (const { sender, octets } of recording)
    for (const record of decodeDatagram(octets)) {
      if (record.form !== 'plaintext') throw new Error(record.form);
      if (record.type === 20) played.push({ sender, name: 'change_cipher_spec' });
      if (record.type !== 22) continue;
      const content = record.epoch === 0 ? record.fragment : await unprotectRecord12(keysOf[sender], record);
      for (const fragment of decodeFragments(content))
        for (const message of readers[sender].push(fragment)) {
          messages.push({ sender, message });
          const name = Object.entries(DTLS_HANDSHAKE_TYPES).find(
            ([, number]) => number === message.msgType,
          )?.[0];
          played.push({ sender, name: name as SentMessage['name'] });
        }
    }
  return { messages, played, randoms };
}

test('a handshake of werift with itself: every datagram read, flights recognised, transcript and Finished recomputed', async () => {
  const recording: { sender: Role; octets: Uint8Array }[] = [];
  const tap = (sender: Role) => (octets: Uint8Array) => void recording.push({ sender, octets });
  const { server, port } = await startWeriftServer({ tap: tap('server'), asksCertificate: true });
  const client = await createWeriftClient(port, tap('client'));
  const both = Promise.all([connected(client), connected(server)]);
  await client.connect();
  await both;

  const { messages, played, randoms } = await readRecording(recording, client, server);
  expect(recognizeExchange('1.2', played)?.name).toBe('1.2 with cookie');
  const finished = messages.filter(({ message }) => message.msgType === DTLS_HANDSHAKE_TYPES.finished);
  expect(finished.map(({ sender }) => sender)).toEqual(['client', 'server']);
  for (const { sender, message } of finished) {
    const before = messages
      .slice(
        0,
        messages.findIndex((it) => it.message === message),
      )
      .map((it) => it.message);
    const verifyData = await finished12('SHA-256', client.cipher.masterSecret, sender, transcript12(before));
    expect(decodeMessage(message, '1.2')).toEqual({ type: 'finished', verifyData });
  }

  const hello = decodeMessage(messages[0]!.message, '1.2');
  const offer =
    hello.type === 'client_hello'
      ? hello.extensions?.find((it) => it.type === 'unknown' && it.number === 14)
      : undefined;
  expect(offer).toEqual(useSrtp);
  const material = await exportKeyingMaterial12('SHA-256', client.cipher.masterSecret, randoms, LABEL, 60);
  expect(Buffer.compare(material, client.exportKeyingMaterial(LABEL, 60))).toBe(0);
});

test("our client of 1.2 completes a handshake with werift's server, in fragments, and both talk", async () => {
  const { server, port } = await startWeriftServer();
  const heard: string[] = [];
  server.onData.subscribe((octets) => heard.push(octets.toString()));
  const client = new Client12(port, 60);
  const up = connected(server);
  await client.connect([useSrtp]);
  await up;
  expect(client.names).toEqual([
    ...['client client_hello', 'server hello_verify_request', 'client client_hello', 'server server_hello'],
    ...['server certificate_1_2', 'server server_key_exchange', 'server server_hello_done'],
    ...['client client_key_exchange', 'client finished', 'server finished'],
  ]);
  expect(client.fragmentsSent).toBeGreaterThan(
    client.names.filter((name) => name.startsWith('client')).length,
  );
  await client.send(new TextEncoder().encode('here'));
  await expect.poll(() => heard).toEqual(['here']);
  await server.send(Buffer.from('there'));
  await expect.poll(() => client.heard.map((octets) => new TextDecoder().decode(octets))).toEqual(['there']);
  expect(Buffer.compare(await client.export(LABEL, 60), server.exportKeyingMaterial(LABEL, 60))).toBe(0);
  const seen = await fingerprintOf(client.certificate!);
  expect(seen).toEqual(await fingerprintOf(Uint8Array.from(server.cipher.localCert)));
  await client.close();
});

test('werift reads our records and fragments over a socket, and we read its', async () => {
  const message = {
    msgType: 11,
    messageSeq: 3,
    body: Uint8Array.from({ length: 500 }, (_, index) => index % 256),
  };
  const [sender, receiver] = [openSocket(), openSocket()];
  receiver.bind(0, '127.0.0.1');
  await once(receiver, 'listening');
  const fragments = fragmentMessage(message, 200);
  const read: Record<string, unknown>[] = [];
  receiver.on('message', (octets) => {
    const { recordLayerHeader, fragment } = DtlsPlaintext.deSerialize(octets);
    expect(recordLayerHeader).toMatchObject({
      contentType: 22,
      epoch: 0,
      protocolVersion: { major: 254, minor: 253 },
    });
    read.push(FragmentedHandshake.deSerialize(fragment));
  });
  fragments.forEach((fragment, sequenceNumber) => {
    const record = {
      type: 22,
      version: 0xfefd,
      epoch: 0,
      sequenceNumber,
      fragment: encodeFragment(fragment),
    };
    sender.send(encodePlaintextRecord(record), receiver.address().port, '127.0.0.1');
  });
  await expect.poll(() => read.length).toBe(fragments.length);
  const whole = FragmentedHandshake.assemble(read);
  expect([whole.message_seq, Buffer.compare(whole.fragment, message.body)]).toEqual([3, 0]);
});
