import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Identity, issueChain } from '@/lib/x509/test-support/authority';
import { resumptionOf, TlsClient, type TlsClientOptions } from './index';
import { attach, clientOptions } from './test-support/node-server';

const isThere = spawnSync('openssl', ['version']).status === 0;
if (!isThere) console.warn('openssl is not installed: nobody independent takes our early data');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A busy machine is no reason to fail. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });

describe.skipIf(!isThere)("OpenSSL's server, which takes early data (RFC 8446 §4.2.10)", () => {
  test('reads it before the handshake is done', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'roundtrip-tls-'));
    const { root, middle, leaf } = await issueChain();
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const port = await freePort();
    const server = spawn('openssl', [
      ...['s_server', '-accept', `127.0.0.1:${port}`, '-tls1_3', '-early_data', '-no_anti_replay'],
      ...['-cert', file('cert.pem', leaf.certificatePem), '-key', file('key.pem', leaf.keyPem)],
      ...['-cert_chain', file('chain.pem', middle.certificatePem), '-alpn', 'h2'],
    ]);
    try {
      const said = outputOf(server);
      await soon(said).toContain('ACCEPT');
      const first = await open(port, root);
      await soon(() => first.events.some(({ type }) => type === 'ticket')).toBe(true);
      const event = first.events.find((candidate) => candidate.type === 'ticket');
      if (event?.type !== 'ticket') throw new Error('no ticket');
      first.socket.end(await first.client.close());
      const resumption = resumptionOf(event, 5, 'h2');
      expect(resumption.maxEarlyDataOctets).toBeGreaterThan(1000);
      const second = await open(port, root, { resumption, earlyData: Buffer.from('said before hello\n') });
      await soon(() => second.events.find(({ type }) => type === 'connected')).toMatchObject({
        resumed: true,
        earlyData: 'accepted',
      });
      await soon(said).toContain('said before hello');
      second.socket.write(await second.client.write(Buffer.from('and after it\n')));
      await soon(said).toContain('and after it');
      second.socket.destroy();
    } finally {
      server.kill();
      rmSync(folder, { recursive: true });
    }
  });
});

function outputOf(server: ChildProcess): () => string {
  let text = '';
  server.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  server.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

async function open(port: number, root: Identity, options: Partial<TlsClientOptions> = {}) {
  return attach(new TlsClient(await clientOptions(options, root)), connect(port, '127.0.0.1'));
}
