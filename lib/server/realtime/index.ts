/**
 * WebSockets on the app's own port: `/live/<name>` for each endpoint of the registry. They live in the server's own
 * bundle (lib/server/launch/serve.ts), not in Next's: what they keep in memory, route handlers do not see.
 */
import { signaling } from '../signaling';
import { echo } from './echo';
import type { LiveEndpoint } from './endpoint';

export { openDoor, type LiveDoor } from './door';
export type { LiveEndpoint, LivePeer } from './endpoint';

/** Every endpoint, by the name in its address. */
export const liveEndpoints: Readonly<Record<string, LiveEndpoint>> = { echo, signaling };
