import type { AddressInfo } from 'node:net';
import { connect as connectTcp, createServer as createTcpServer, type Server } from 'node:net';
import { connect, createServer } from 'node:tls';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '@/lib/bytes';
import { issueChain } from '@/lib/x509/test-support/authority';
import {
  CONTENT_TYPES,
  decodeHandshake,
  encodeHandshake,
  finished12,
  HandshakeReader,
  keyBlock12,
  RecordProtection12,
  RecordReader,
  type TlsRecord,
} from './index';

/** Every octet of a TLS 1.2 connection of Node with itself, by the side that sent it, and its master secret. */
async function record(): Promise<{ client: Uint8Array; server: Uint8Array; masterSecret: Uint8Array }> {
  const { leaf, middle, root } = await issueChain();
  const own = { key: leaf.keyPem, cert: `${leaf.certificatePem}\n${middle.certificatePem}` };
  const settings = { ...own, ca: root.certificatePem, maxVersion: 'TLSv1.2' as const };
  const server = createServer(
    { ...settings, requestCert: true, ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' },
    (socket) => socket.on('data', (data: Buffer) => socket.end(data)),
  );
  const sent: Record<'client' | 'server', Buffer[]> = { client: [], server: [] };
  const middlebox = createTcpServer((socket) => {
    const onward = connectTcp((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('data', (data: Buffer) => (sent.client.push(data), onward.write(data)));
    onward.on('data', (data: Buffer) => (sent.server.push(data), socket.write(data)));
    socket.on('end', () => onward.end()).on('error', () => onward.destroy());
    onward.on('end', () => socket.end()).on('error', () => socket.destroy());
  });
  const listen = (it: Server) => new Promise<void>((resolve) => it.listen(0, '127.0.0.1', () => resolve()));
  await Promise.all([listen(server), listen(middlebox)]);
  let log = '';
  await new Promise((resolve, reject) => {
    const { port } = middlebox.address() as AddressInfo;
    const client = connect({ ...settings, port, host: '127.0.0.1', servername: 'localhost' }, () =>
      client.write('hello'),
    );
    client.on('keylog', (line: Buffer) => (log += line.toString()));
    client
      .on('data', () => undefined)
      .on('close', resolve)
      .on('error', reject);
  });
  await Promise.all(
    [server, middlebox].map((it) => new Promise<void>((resolve) => it.close(() => resolve()))),
  );
  const masterSecret = fromHex(/^CLIENT_RANDOM \S+ (\S+)$/m.exec(log)![1]!);
  return { client: Buffer.concat(sent.client), server: Buffer.concat(sent.server), masterSecret };
}

/** A side's messages in the clear, and the records behind its ChangeCipherSpec. */
function takeApart(octets: Uint8Array) {
  const records = new RecordReader({ version: '1.2' }).push(octets);
  const turn = records.findIndex(({ type }) => type === CONTENT_TYPES.change_cipher_spec);
  const reader = new HandshakeReader();
  const messages = records.slice(0, turn).flatMap(({ fragment }) => reader.push(fragment));
  return { messages, sealed: records.slice(turn + 1) };
}

test('RFC 5246: a handshake of Node with itself is read from ClientHello to Finished, and what is said under its keys', async () => {
  const { client, server, masterSecret } = await record();
  const [fromClient, fromServer] = [takeApart(client), takeApart(server)];
  const read = (octets: Uint8Array) => decodeHandshake(octets, '1.2');
  for (const octets of [...fromClient.messages, ...fromServer.messages])
    expect(toHex(encodeHandshake(read(octets)))).toBe(toHex(octets));
  expect(fromClient.messages.map((octets) => read(octets).type)).toEqual([
    ...['client_hello', 'certificate_1_2', 'client_key_exchange', 'certificate_verify'],
  ]);
  const answers = fromServer.messages.map(read);
  expect(answers.map(({ type }) => type)).toEqual([
    ...['server_hello', 'certificate_1_2', 'server_key_exchange', 'certificate_request_1_2'],
    ...['server_hello_done', 'new_session_ticket_1_2'],
  ]);
  expect(answers[3]).toMatchObject({ certificateTypes: expect.arrayContaining([64]) as number[] });

  const [hello, answer] = [read(fromClient.messages[0]!), answers[0]!];
  if (hello.type !== 'client_hello' || answer.type !== 'server_hello') throw new Error('hellos');
  const randoms = { clientRandom: hello.random, serverRandom: answer.random };
  const keys = await keyBlock12('SHA-256', masterSecret, randoms, 16);
  const open = async (records: readonly TlsRecord[], key: Uint8Array, iv: Uint8Array) => {
    const protection = new RecordProtection12({ key, iv });
    const sealing = new RecordProtection12({ key, iv });
    const opened = [];
    for (const record of records) {
      const content = await protection.open(record);
      opened.push({ type: record.type, content });
      // The open part of the nonce is the sender's choice: ours opens all the same.
      const [again] = new RecordReader({ version: '1.2' }).push(await sealing.seal(record.type, content));
      expect(again!.fragment).toHaveLength(record.fragment.length);
    }
    return opened;
  };
  const said = await open(fromClient.sealed, keys.clientKey, keys.clientIv);
  const heard = await open(fromServer.sealed, keys.serverKey, keys.serverIv);

  const [ticket, ...flight] = fromServer.messages.toReversed();
  const before = [fromClient.messages[0]!, ...flight.toReversed(), ...fromClient.messages.slice(1)];
  const verifyData = await finished12('SHA-256', masterSecret, 'client', Buffer.concat(before));
  const finished = encodeHandshake({ type: 'finished', verifyData });
  expect(said[0]).toEqual({ type: 22, content: finished });
  const all = Buffer.concat([...before, finished, ticket!]);
  const theirs = await finished12('SHA-256', masterSecret, 'server', all);
  expect(heard[0]!.content).toEqual(encodeHandshake({ type: 'finished', verifyData: theirs }));
  for (const side of [said, heard])
    expect(side[1]).toEqual({ type: 23, content: new TextEncoder().encode('hello') });
});
