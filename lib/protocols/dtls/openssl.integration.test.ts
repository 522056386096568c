import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { fromHex } from '@/lib/bytes';
import { Client12 } from './client12.fixture';

const isAbsent = spawnSync('openssl', ['version']).status !== 0;
if (isAbsent) console.warn('skipped: there is no program `openssl` here');
/**
 * Runs openssl with the pipe 3 as its input, and ends it by its pid as soon as the pipe 0 ends: when the test says so, or when
 * this process is no more, whatever ended it. The process group is its own, so that no Ctrl-C ends the shell alone.
 */
const SCRIPT = 'openssl "$@" <&3 & server=$!; cat >/dev/null; kill -9 $server 2>/dev/null; wait $server';
let server: ChildProcess | undefined;
let folder: string | undefined;

afterEach(async () => {
  if (server && server.exitCode === null) {
    const ended = once(server, 'exit');
    server.stdin?.end();
    await ended;
  }
  if (folder) rmSync(folder, { recursive: true });
});

/** A port that nobody has, as far as one can know. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** OpenSSL's server of DTLS 1.2 on a port of loopback, whose datagrams are small enough that its certificate is cut. */
async function startServer(port: number): Promise<() => string> {
  folder = mkdtempSync(join(tmpdir(), 'dtls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-days', '2'];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const args = ['s_server', '-dtls1_2', '-listen', '-mtu', '400', '-cert', cert, '-key', key];
  args.push('-accept', `127.0.0.1:${port}`, '-use_srtp', 'SRTP_AES128_CM_SHA1_80');
  server = spawn('sh', ['-c', SCRIPT, 'sh', ...args], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  server.stdout?.on('data', (octets: Buffer) => (said += octets.toString()));
  server.stderr?.on('data', (octets: Buffer) => (said += octets.toString()));
  await expect.poll(() => said, { timeout: 10_000 }).toContain('ACCEPT');
  return () => said;
}

test.skipIf(isAbsent)(
  "our client of 1.2 completes a handshake with OpenSSL's server: cookie, fragments both ways, data both ways",
  async () => {
    const port = await freePort();
    const said = await startServer(port);
    const client = new Client12(port, 100);
    // use_srtp with SRTP_AES128_CM_HMAC_SHA1_80 (RFC 5764 §4.1.1).
    await client.connect([{ type: 'unknown', number: 14, data: fromHex('0002 0001 00') }]);
    expect(client.names.slice(0, 4)).toEqual([
      ...['client client_hello', 'server hello_verify_request', 'client client_hello', 'server server_hello'],
    ]);
    // The certificate alone is longer than two datagrams.
    expect(client.fragmentsRead).toBeGreaterThan(
      client.names.filter((name) => name.startsWith('server')).length,
    );
    expect(client.fragmentsSent).toBeGreaterThan(
      client.names.filter((name) => name.startsWith('client')).length,
    );
    await client.send(new TextEncoder().encode('said over datagrams\n'));
    await expect.poll(said, { timeout: 10_000 }).toContain('said over datagrams');
    (server?.stdio[3] as Writable).write('and answered\n');
    await expect
      .poll(() => client.heard.map((octets) => new TextDecoder().decode(octets)).join(''), {
        timeout: 10_000,
      })
      .toContain('and answered');
    await client.close();
  },
);
