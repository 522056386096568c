import type { Codec } from '../codecs';
import { codecsOf, isSameCodec } from '../codecs';
import type { MediaDescription } from '../description';
import { isReceiving, isSending } from '../direction';
import { isLentNumber } from '../extension-numbers';
import type { MediaReading } from '../read-media';
import { attributesOf, findLine } from '../read-media';
import { isDataChannel, isRtp } from '../section-kind';
import type { Report } from './report';

type Side = { section: MediaDescription; reading: MediaReading };
type Pair = { offer: Side; answer: Side };

/** One section of the answer against the one it answers (RFC 3264 §6.1). */
export function checkAnsweredMedia({ offer, answer }: Pair, report: Report): void {
  const [asked, given] = [offer.section, answer.section];
  if (given.media !== asked.media) report.error('SDP_ANSWER_MEDIA_CHANGED', given.media, asked.media);
  if (given.proto !== asked.proto) report.error('SDP_ANSWER_PROTO_CHANGED', given.proto, asked.proto);
  if (given.port === 0) return;
  if (asked.port === 0 && !offer.reading.isBundleOnly) {
    report.error('SDP_ANSWER_REVIVES_SECTION', `port ${given.port}`, 'port 0, as offered');
    return;
  }
  if (isRtp(asked)) checkRtp({ offer, answer }, report);
  if (isDataChannel(given) && answer.reading.sctpPort === undefined) {
    report.error('SDP_ANSWER_SCTP_PORT_MISSING', 'no a=sctp-port', 'a=sctp-port');
  }
}

function checkRtp({ offer, answer }: Pair, report: Report): void {
  const [asked, given] = [offer.reading, answer.reading];
  checkCodecs({ offer, answer }, report);
  const direction = findLine(answer.section.lines, given.direction);
  if (isSending(given.direction) && !isReceiving(asked.direction)) {
    report.error(
      'SDP_ANSWER_DIRECTION',
      given.direction,
      `recvonly or inactive to ${asked.direction}`,
      direction,
    );
  } else if (isReceiving(given.direction) && !isSending(asked.direction)) {
    report.error(
      'SDP_ANSWER_DIRECTION',
      given.direction,
      `sendonly or inactive to ${asked.direction}`,
      direction,
    );
  }
  for (const line of attributesOf(answer.section.lines, 'extmap')) {
    const id = Number.parseInt(line.value ?? '', 10);
    const ours = given.headerExtensions.find((extension) => extension.id === id);
    const theirs = asked.headerExtensions.find((extension) => extension.id === id);
    const isLent = asked.headerExtensions.some((other) => other.uri === ours?.uri && isLentNumber(other.id));
    if (ours && ours.uri !== theirs?.uri && !(isLent && !theirs)) {
      report.error(
        'SDP_ANSWER_EXTMAP',
        `${id} for ${ours.uri}`,
        theirs ? `${id} for ${theirs.uri}` : 'an extension that was offered',
        line,
      );
    }
  }
  checkSimulcast({ offer, answer }, report);
}

function checkCodecs({ offer, answer }: Pair, report: Report): void {
  const theirs = codecsOf(offer.section, offer.reading);
  const ours = codecsOf(answer.section, answer.reading);
  const listed = offer.section.formats.join(' ');
  const hasCommon =
    answer.section.formats.some((format) => offer.section.formats.includes(format)) ||
    ours.some((codec) => theirs.some((asked) => isSameCodec(codec, asked)));
  if (!hasCommon) {
    report.error(
      'SDP_ANSWER_FORMAT_NOT_OFFERED',
      answer.section.formats.join(' '),
      `one at least of ${listed}`,
    );
    return;
  }
  for (const codec of ours) {
    const line = attributesOf(answer.section.lines, 'rtpmap').find(({ value }) =>
      value?.startsWith(`${codec.payloadType} `),
    );
    const asked = theirs.find(({ payloadType }) => payloadType === codec.payloadType);
    const renamed = theirs.find((candidate) => isSameCodec(candidate, codec));
    // RFC 3264 §6.1 lets an answer add formats and number them anew; the offerer need not know, and browsers do not.
    if (!asked && renamed) report.warning('SDP_ANSWER_CODEC_CHANGED', nameOf(codec), nameOf(renamed), line);
    else if (!asked)
      report.warning('SDP_ANSWER_FORMAT_NOT_OFFERED', nameOf(codec), `formats of the offer: ${listed}`, line);
    else if (!isSameName(codec, asked))
      report.error('SDP_ANSWER_CODEC_CHANGED', nameOf(codec), nameOf(asked), line);
    else checkFeedback(codec, asked, answer, report);
  }
}

function checkFeedback(codec: Codec, asked: Codec, answer: Side, report: Report): void {
  for (const feedback of codec.feedback) {
    if (asked.feedback.includes(feedback)) continue;
    const seen = `${codec.payloadType} ${feedback}`;
    const line = attributesOf(answer.section.lines, 'rtcp-fb').find(({ value }) => value === seen);
    report.error('SDP_ANSWER_FEEDBACK_NOT_OFFERED', seen, 'feedback that was offered', line);
  }
}

const nameOf = ({ payloadType, encodingName, clockRate }: Codec) =>
  `${payloadType} ${encodingName}/${clockRate}`;
const isSameName = (a: Codec, b: Codec) => nameOf(a).toLowerCase() === nameOf(b).toLowerCase();

/** What one sends the other receives: names of the answer's `recv` stand in the offer's `send`, and the reverse. */
function checkSimulcast({ offer, answer }: Pair, report: Report): void {
  const line = findLine(answer.section.lines, 'simulcast');
  for (const [way, other] of [
    ['recv', 'send'],
    ['send', 'recv'],
  ] as const) {
    const offered = new Set(offer.reading.simulcast?.[other].flat().map(({ rid }) => rid));
    const extra = (answer.reading.simulcast?.[way].flat() ?? []).filter(({ rid }) => !offered.has(rid));
    for (const { rid } of extra)
      report.error('SDP_ANSWER_SIMULCAST', `${way} ${rid}`, `${other} ${rid} in the offer`, line);
  }
}
