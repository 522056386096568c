import type { MediaDescription, SdpLine } from '../description';
import { attribute } from '../description';
import type { MediaReading } from '../read-media';
import { isOldDataChannel } from '../section-kind';
import type { DataChannelCapability } from './capabilities';

/**
 * The section for data channels, in the offer's form (RFC 8841 §10.2); undefined where it offers no SCTP port or another
 * protocol than data channels over it.
 */
export function answerDataChannel(
  section: MediaDescription,
  offered: MediaReading,
  { sctpPort = 5000, maxMessageSize = 262_144 }: DataChannelCapability,
): { formats: string[]; lines: SdpLine[] } | undefined {
  if (offered.sctpPort === undefined) return undefined;
  if (isOldDataChannel(section)) {
    return {
      formats: [String(sctpPort)],
      lines: [
        attribute('sctpmap', `${sctpPort} webrtc-datachannel 1024`),
        attribute('max-message-size', maxMessageSize),
      ],
    };
  }
  if (!section.formats.includes('webrtc-datachannel')) return undefined;
  return {
    formats: ['webrtc-datachannel'],
    lines: [attribute('sctp-port', sctpPort), attribute('max-message-size', maxMessageSize)],
  };
}
