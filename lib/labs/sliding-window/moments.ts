import type { ExchangeTrace } from '@/lib/protocols/tcp';
import type { MessageRef } from '@/lib/text';
import type { WindowParams } from './lab';
import { momentGroups, type Group } from './moment-groups';
import type { WindowPacket } from './run';
import { snapshotAfter, type Origin, type Snapshot } from './snapshot';

/** One position of a run: what happened at one end at one time, in words, and where both ends stand after it. */
export type Moment = { timeMs: number; text: MessageRef; snapshot: Snapshot };

type Facts = {
  packets: readonly WindowPacket[];
  shift: number;
  totalBytes: number;
  readBytes: number;
  doneMs: number | undefined;
  aborted: boolean;
  ended: ExchangeTrace['ended'];
  endMs: number;
  probesMs: readonly number[];
};

/** The whole run in order: the open connection, each moment at which something happened, and the end. */
export function momentsOf(
  trace: ExchangeTrace,
  params: WindowParams,
  origin: Origin,
  facts: Facts,
): Moment[] {
  const { sndWnd } = origin.snapshot;
  const opening: MessageRef = {
    key: params.windowScale ? 'steps.open.scaled' : 'steps.open.plain',
    values: { window: sndWnd, shift: facts.shift },
  };
  const moments: Moment[] = [{ timeMs: 0, text: opening, snapshot: origin.snapshot }];
  let quietReads = { count: 0, octets: 0 };
  for (const group of momentGroups(trace, params, facts)) {
    const before = moments.at(-1)?.snapshot ?? origin.snapshot;
    const snapshot = group.samples.reduce(
      (current, sample) => snapshotAfter(current, sample, origin.firstSeq),
      before,
    );
    const isQuietRead = group.readOctets > 0 && group.arrived.length === 0 && group.sent.length === 0;
    if (!isQuietRead) quietReads = { count: 0, octets: 0 };
    else if (quietReads.count > 0) moments.pop();
    if (isQuietRead) {
      quietReads = { count: quietReads.count + 1, octets: quietReads.octets + group.readOctets };
    }
    const text = isQuietRead
      ? readText(group, snapshot, quietReads.count, quietReads.octets, before)
      : textOf(group, before, snapshot, facts);
    if (text) moments.push({ timeMs: group.timeMs, text, snapshot });
  }
  const last = moments.at(-1)?.snapshot ?? origin.snapshot;
  moments.push({ timeMs: facts.endMs, text: endText(facts, last, moments.length), snapshot: last });
  return moments;
}

function textOf(group: Group, before: Snapshot, after: Snapshot, facts: Facts): MessageRef | undefined {
  return group.endpoint === 'client'
    ? senderText(group, before, after, facts)
    : receiverText(group, after, before);
}

function senderText(
  { timeMs, written, arrived, sent, rules }: Group,
  before: Snapshot,
  after: Snapshot,
  facts: Facts,
): MessageRef | undefined {
  const data = sent.filter(({ start, end }) => end > start);
  const octets = data.reduce((sum, { start, end }) => sum + end - start, 0);
  const waiting = after.written - after.sndNxt;
  const then = outcome(data.length, waiting, rules, after);
  const flight = { segments: data.length, octets, waiting, window: after.sndWnd, then };
  if (rules.has('persist.probe')) {
    const probe = facts.probesMs.indexOf(timeMs) + 1;
    return { key: 'steps.probe', values: { probe, next: data.length } };
  }
  if (rules.has('retransmission.timeout')) return { key: 'steps.repeat', values: { octets } };
  if (rules.has('sws.override')) return { key: 'steps.override', values: { octets, window: after.sndWnd } };
  if (arrived.length > 0) {
    const ack = after.sndUna;
    const news =
      ack > before.sndUna
        ? 'advances'
        : after.sndWnd > before.sndWnd
          ? 'opens'
          : after.sndWnd === 0
            ? 'shut'
            : 'same';
    return { key: 'steps.ack', values: { ...flight, acks: arrived.length, ack, news } };
  }
  if (written > 0) return { key: 'steps.write', values: { ...flight, written } };
  return data.length > 0 ? { key: 'steps.send', values: flight } : undefined;
}

/** What the sender did next: all of it went, some of it, none and why. */
function outcome(sent: number, waiting: number, rules: ReadonlySet<string>, after: Snapshot): string {
  if (waiting === 0) return sent > 0 ? 'all' : 'nothing';
  if (sent > 0) return 'some';
  if (after.sndWnd === 0) return 'zero';
  const usable = after.sndUna + after.sndWnd - after.sndNxt;
  if (usable <= 0) return 'full';
  // A hold is noted when it begins; while it lasts, the same reason stands.
  return rules.has('nagle.hold') || waiting <= usable ? 'nagle' : 'silly';
}

function receiverText(group: Group, after: Snapshot, before: Snapshot): MessageRef | undefined {
  const { arrived, sent, rules, readOctets } = group;
  const lastSent = sent.at(-1);
  if (arrived.length > 0) {
    const octets = after.rcvNxt - before.rcvNxt;
    const then = lastSent ? 'acked' : rules.has('delayed-ack.wait') ? 'waits' : 'quiet';
    const values = {
      segments: arrived.length,
      octets,
      read: readOctets > 0 ? 'yes' : 'no',
      unread: after.unread,
      acks: sent.length,
      ack: lastSent?.ack ?? 0,
      window: lastSent?.windowBytes ?? 0,
      then,
    };
    return { key: octets > 0 ? 'steps.arrive' : 'steps.refuse', values };
  }
  if (readOctets > 0) return readText(group, after, 1, readOctets, before);
  if (!lastSent) return undefined;
  return { key: 'steps.late', values: { ack: lastSent.ack, window: lastSent.windowBytes } };
}

function readText(
  { sent, rules }: Group,
  after: Snapshot,
  reads: number,
  octets: number,
  before: Snapshot,
): MessageRef {
  const update = sent.at(-1);
  const isHeld = rules.has('sws.receiver-hold') || before.rcvWnd === 0;
  const then = update ? (update.lost ? 'lost' : 'update') : isHeld ? 'hold' : 'quiet';
  const values = { reads, octets, unread: after.unread, window: update?.windowBytes ?? after.rcvWnd, then };
  return { key: 'steps.read', values };
}

function endText(facts: Facts, last: Snapshot, moments: number): MessageRef {
  const { totalBytes, readBytes, doneMs, ended, endMs, probesMs } = facts;
  const values = {
    totalBytes,
    readBytes,
    unread: last.unread,
    timeMs: doneMs ?? endMs,
    segments: facts.packets.filter(({ end, start }) => end > start).length,
    probes: probesMs.length,
    moments,
  };
  if (doneMs !== undefined) return { key: 'steps.end.done', values };
  if (facts.aborted) return { key: 'steps.end.aborted', values };
  return { key: ended === 'quiet' ? 'steps.end.unread' : 'steps.end.cut', values };
}
