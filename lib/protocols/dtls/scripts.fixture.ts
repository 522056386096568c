import { type BodyOf, EXCHANGES, FlightEndpoint, type FlightEndpointOptions, scriptExchange } from '.';

/** Sizes of bodies as handshakes have them: a chain of two certificates, a signature, a key. */
const OCTETS: Partial<Record<string, number>> = {
  client_hello: 180,
  hello_verify_request: 35,
  server_hello: 90,
  encrypted_extensions: 20,
  certificate: 2600,
  certificate_request: 40,
  server_key_exchange: 140,
  server_hello_done: 0,
  client_key_exchange: 66,
  certificate_verify: 76,
  finished: 32,
};

/** Bodies that differ from message to message. */
export const bodies: BodyOf = (name, flight) => {
  const octets = OCTETS[name];
  return octets === undefined
    ? undefined
    : Uint8Array.from({ length: octets }, (_, index) => (index * 7 + flight) % 256);
};

/** Both ends of an exchange by its name. */
export function endpointsOf(
  name: string,
  options: Partial<FlightEndpointOptions> = {},
  bodyOf = bodies,
): { client: FlightEndpoint; server: FlightEndpoint; flights: FlightEndpointOptions['flights'] } {
  const exchange = EXCHANGES.find((candidate) => candidate.name === name);
  if (!exchange) throw new Error(name);
  const flights = scriptExchange(exchange, bodyOf);
  const shared = { version: exchange.version, flights, ...options };
  return {
    flights,
    client: new FlightEndpoint({ ...shared, role: 'client' }),
    server: new FlightEndpoint({ ...shared, role: 'server' }),
  };
}
