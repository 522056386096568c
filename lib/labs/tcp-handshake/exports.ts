import type { LabExport } from '../define-lab';
import { exchangeExports } from '../exchange-view';
import type { HandshakeResult } from './run';

/** The packets of a link as octets and the whole trace; of a flood its trace. */
export function exportsOf(result: HandshakeResult): LabExport[] {
  if (result.scene === 'link') return exchangeExports(result.trace, 'tcp-handshake');
  const content = JSON.stringify(result.flood, null, 2);
  return [{ filename: 'syn-flood.json', mediaType: 'application/json', content }];
}
