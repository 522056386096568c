import {
  type Extension,
  getSuiteOrThrow,
  type Resumption,
  TlsClient,
  type TlsClientOptions,
  TlsError,
} from '../index';
import { clientOptions } from './node-server';
import { ScriptedServer } from './scripted-server';

const psk = new Uint8Array(32).fill(9);
/** A ticket that the scripted server knows as well. */
export const resumption: Resumption = {
  identity: Uint8Array.of(1, 2, 3),
  obfuscatedTicketAge: 7,
  psk,
  suite: getSuiteOrThrow(0x1301),
  maxEarlyDataOctets: 40_000,
  protocol: 'h2',
};

/** A client whose first flight a scripted server has read; `records` is what came behind the hello. */
export async function start(
  options: Partial<TlsClientOptions> = {},
  withPsk = options.resumption !== undefined,
) {
  const client = new TlsClient(await clientOptions(options));
  const server = new ScriptedServer(withPsk ? { psk } : {});
  const records = server.takeHello(await client.start());
  return { client, server, records };
}

/** What the client says to octets: its error's code and alert, or 'accepted'. */
export const codeOf = async (client: TlsClient, ...octets: Uint8Array[]) => {
  try {
    for (const chunk of octets) await client.receive(chunk);
  } catch (error) {
    if (error instanceof TlsError) return `${error.code} ${error.alert}`;
    throw error;
  }
  return 'accepted';
};

export const alpn = (...protocols: string[]): Extension => ({
  type: 'application_layer_protocol_negotiation',
  protocols,
});
/** A server's word that it takes early data. */
export const acceptance: Extension = { type: 'early_data', maxEarlyDataOctets: undefined };
