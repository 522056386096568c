import {
  groupsOf,
  hasFlag,
  readAllMedia,
  readOrigin,
  type MediaDescription,
  type MediaReading,
  type SessionDescription,
} from '@/lib/protocols/sdp';
import type { MessageRef } from '@/lib/text/text';
import { mediaChanges } from './changes-media';
import { transportChanges } from './changes-transport';

/** What an edit means. `id` is also its message, below `changes`. */
export type Change = {
  id: string;
  /** Of the media section in the offer as it stands; -1 for the session, or a section that is gone. */
  section: number;
  text: MessageRef;
  ref: string;
};

export type Side = { section: MediaDescription; reading: MediaReading };
export type Report = (id: string, ref: string, values?: NonNullable<MessageRef['values']>) => void;

/** The meaning of every difference between two offers that means something; in the order of the sections. */
export function changesBetween(before: SessionDescription, after: SessionDescription): Change[] {
  const changes: Change[] = [];
  const reportAt =
    (section: number, common: NonNullable<MessageRef['values']> = {}): Report =>
    (id, ref, values = {}) =>
      changes.push({ id, section, ref, text: { key: `changes.${id}`, values: { ...common, ...values } } });
  sessionChanges(before, after, reportAt(-1));

  const [was, is] = [sidesOf(before), sidesOf(after)];
  const paired = new Set<number>();
  is.forEach((side, i) => {
    const partner = partnerOf(side, i, was, is);
    const report = reportAt(i, namesOf(side));
    if (partner < 0) return report('section-added', 'RFC 3264 §8.1');
    paired.add(partner);
    mediaChanges(was[partner]!, side, report);
    transportChanges(was[partner]!, side, report);
  });
  was.forEach((side, i) => {
    if (!paired.has(i)) reportAt(-1, namesOf(side))('section-removed', 'RFC 3264 §8');
  });
  return changes;
}

function sidesOf(description: SessionDescription): Side[] {
  const readings = readAllMedia(description);
  return description.media.map((section, i) => ({ section, reading: readings[i]! }));
}

const namesOf = ({ section, reading }: Side) => ({ media: section.media, mid: reading.mid ?? '' });

/** By mid; or, where one of the two lost its mid or changed it, by place. */
function partnerOf(side: Side, place: number, was: readonly Side[], is: readonly Side[]): number {
  const named = was.findIndex(({ reading }) => reading.mid !== undefined && reading.mid === side.reading.mid);
  if (named >= 0) return named;
  const there = was[place];
  const isTaken =
    there?.reading.mid !== undefined && is.some(({ reading }) => reading.mid === there.reading.mid);
  return there && !isTaken && there.section.media === side.section.media ? place : -1;
}

function sessionChanges(before: SessionDescription, after: SessionDescription, report: Report): void {
  const [was, is] = [groupsOf(before, 'BUNDLE').flat(), groupsOf(after, 'BUNDLE').flat()];
  const left = was.filter((mid) => !is.includes(mid));
  const joined = is.filter((mid) => !was.includes(mid));
  if (was.length > 0 && is.length === 0) report('bundle-removed', 'RFC 8843 §7.2');
  else if (left.length > 0) report('bundle-left', 'RFC 8843 §7.2', { mids: left.join(' '), n: left.length });
  if (joined.length > 0)
    report('bundle-joined', 'RFC 8843 §7.2', { mids: joined.join(' '), n: joined.length });
  if (is.length > 0 && was.length > 0 && is[0] !== was[0])
    report('bundle-tag', 'RFC 8843 §7.3.1', { mid: is[0] ?? '' });

  const [from, to] = [readOrigin(before), readOrigin(after)];
  if (from?.sessionId !== to?.sessionId) report('origin-session', 'RFC 8866 §5.2');
  else if (from?.sessionVersion !== to?.sessionVersion)
    report('origin-version', 'RFC 3264 §8', { version: to?.sessionVersion ?? '' });
  if (hasFlag(before.lines, 'ice-lite') !== hasFlag(after.lines, 'ice-lite')) {
    report(hasFlag(after.lines, 'ice-lite') ? 'ice-lite-added' : 'ice-lite-removed', 'RFC 8839 §5.3');
  }
}
