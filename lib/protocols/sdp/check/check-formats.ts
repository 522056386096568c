import { STATIC_PAYLOAD_TYPES } from '../codecs';
import type { MediaDescription } from '../description';
import { isAttribute, mediaLineOf } from '../description';
import { quote } from '../errors';
import type { MediaReading } from '../read-media';
import { isDataChannel, isOldDataChannel, isRtp } from '../section-kind';
import type { Report } from './report';

/** The `m=` line, and the lines that explain its formats. */
export function checkFormats(section: MediaDescription, reading: MediaReading, report: Report): void {
  if (section.port > 65_535) report.error('SDP_PORT_RANGE', String(section.port), '0 to 65535');
  if (section.formats.length === 0 || section.formats.includes('')) {
    report.error(
      'SDP_FORMATS_MISSING',
      quote(`m=${mediaLineOf(section)}`),
      'formats with one space before each',
    );
  }
  if (isRtp(section)) checkPayloadNumbers(section, reading, report);
  if (isDataChannel(section) && section.port !== 0) {
    if (isOldDataChannel(section)) {
      report.warning(
        'SDP_DATA_CHANNEL_OLD',
        section.proto,
        'UDP/DTLS/SCTP webrtc-datachannel and a=sctp-port',
      );
    }
    if (reading.sctpPort === undefined)
      report.error('SDP_SCTP_PORT_MISSING', 'no a=sctp-port', 'a=sctp-port:5000');
  }
}

function checkPayloadNumbers(section: MediaDescription, reading: MediaReading, report: Report): void {
  const mapped = new Set(reading.rtpmaps.map(({ payloadType }) => String(payloadType)));
  for (const format of section.formats) {
    const needsMap = /^\d+$/.test(format) && STATIC_PAYLOAD_TYPES[format] === undefined;
    if (needsMap && !mapped.has(format) && section.port !== 0) {
      report.error(
        'SDP_PAYLOAD_UNMAPPED',
        `${format} and no a=rtpmap:${format}`,
        `a=rtpmap:${format} <codec>/<clock rate>`,
      );
    }
  }
  for (const line of section.lines) {
    if (!isAttribute(line) || !['rtpmap', 'fmtp', 'rtcp-fb'].includes(line.name)) continue;
    const format = line.value?.split(' ')[0] ?? '';
    if (format !== '*' && !section.formats.includes(format)) {
      report.warning(
        'SDP_PAYLOAD_NOT_LISTED',
        quote(`a=${line.name}:${line.value ?? ''}`),
        `one of ${section.formats.join(' ')}`,
        line,
      );
    }
  }
}
