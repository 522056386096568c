import { codecsOf, isRtp, type Codec } from '@/lib/protocols/sdp';
import type { Report, Side } from './changes';

/** What the edit does to the media of one section. */
export function mediaChanges(before: Side, after: Side, report: Report): void {
  const [was, is] = [before.reading, after.reading];
  if (before.section.port !== after.section.port) {
    if (after.section.port === 0 && !is.isBundleOnly) report('section-ended', 'RFC 3264 §8.2');
    else if (!is.isBundleOnly) report('port', 'RFC 8866 §5.14', { port: String(after.section.port) });
  }
  if (before.section.media !== after.section.media)
    report('media', 'RFC 8866 §5.14', { to: after.section.media });
  if (was.mid !== is.mid)
    report(is.mid === undefined ? 'mid-removed' : 'mid', 'RFC 5888 §4', {
      from: was.mid ?? '',
      to: is.mid ?? '',
    });
  if (isRtp(after.section)) {
    if (was.direction !== is.direction)
      report('direction', 'RFC 3264 §5.1', { from: was.direction, to: is.direction });
    codecChanges(codecsOf(before.section, was), codecsOf(after.section, is), report);
    countChange('feedback', was.feedback.length, is.feedback.length, 'RFC 4585 §4.2', report);
    countChange('extensions', was.headerExtensions.length, is.headerExtensions.length, 'RFC 8285 §6', report);
    if (
      was.msids.map(JSON.stringify as (it: unknown) => string).join() !==
      is.msids.map(JSON.stringify as (it: unknown) => string).join()
    )
      report(is.msids.length === 0 ? 'msid-removed' : 'msid', 'RFC 8830 §2');
    const [had, has] = [was.simulcast?.send.length ?? 0, is.simulcast?.send.length ?? 0];
    if (had !== has) report('simulcast', 'RFC 8853 §5.1', { from: had, to: has });
  }
  if (was.sctpPort !== is.sctpPort)
    report(is.sctpPort === undefined ? 'sctp-port-removed' : 'sctp-port', 'RFC 8841 §5', {
      port: String(is.sctpPort ?? ''),
    });
  if (was.maxMessageSize !== is.maxMessageSize) {
    // 64 kB is what a peer may assume that says nothing (RFC 8841 §6.1).
    const key =
      is.maxMessageSize === undefined
        ? 'max-message-size-removed'
        : is.maxMessageSize === 0
          ? 'max-message-size-any'
          : 'max-message-size';
    report(key, 'RFC 8841 §6.1', { octets: is.maxMessageSize ?? 65_536 });
  }
}

const nameOf = ({ encodingName, payloadType }: Codec) => `${encodingName} (${payloadType})`;

function codecChanges(was: readonly Codec[], is: readonly Codec[], report: Report): void {
  const gone = was.filter((codec) => !is.some((other) => nameOf(other) === nameOf(codec)));
  const come = is.filter((codec) => !was.some((other) => nameOf(other) === nameOf(codec)));
  if (gone.length > 0)
    report('codec-removed', 'RFC 3264 §5.1', {
      names: gone.map(nameOf).join(', '),
      n: gone.length,
      left: is.length,
    });
  if (come.length > 0)
    report('codec-added', 'RFC 3264 §5.1', { names: come.map(nameOf).join(', '), n: come.length });
  const [first, formerly] = [is[0], was[0]];
  if (first && formerly && nameOf(first) !== nameOf(formerly))
    report('codec-first', 'RFC 3264 §5.1', { name: first.encodingName, formerly: formerly.encodingName });
  const changed = is.filter((codec) =>
    was.some((other) => nameOf(other) === nameOf(codec) && other.parameters !== codec.parameters),
  );
  for (const codec of changed)
    report('parameters', 'RFC 8866 §6.15', { name: codec.encodingName, parameters: codec.parameters ?? '' });
}

function countChange(id: string, was: number, is: number, ref: string, report: Report): void {
  if (is < was) report(`${id}-removed`, ref, { n: was - is, left: is });
  if (is > was) report(`${id}-added`, ref, { n: is - was });
}
