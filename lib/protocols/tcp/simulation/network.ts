import { Calendar, DROPPED, Transmitter } from '@/lib/sim';
import { assertInRange } from '../model-error';
import { createFlow, type SimulatedFlow } from './connection-flow';
import { EventRecorder, SampleRecorder, sampleOf } from './recorder';
import { MAX_FLOWS, MAX_SAMPLES, MAX_SEGMENTS, type TcpCompetition } from './types';

// What can happen to a flow next, in the order in which it happens at equal times.
const DATA = 0;
const ACK = 1;
const DELAYED_ACK = 2;
const WRITE = 3;
const WAKE = 4;
const RTO = 5;
const KINDS = 6;

/**
 * Flows sharing one bottleneck, run event by event. Propagation keeps order, so data and ACKs under way wait in
 * one line a flow and only the first of each is on the calendar: the cost of a segment is two small updates.
 */
export class Network {
  readonly flows: readonly SimulatedFlow[];
  readonly bottleneck: Transmitter;
  readonly samples: SampleRecorder;
  readonly events: EventRecorder | undefined;
  /** The same recorder, if the events of single segments are wanted too. */
  readonly #segmentEvents: EventRecorder | undefined;
  nowMs = 0;
  sentSegments = 0;
  readonly #calendar: Calendar;
  readonly #headerBytes: number;
  readonly #ecnThresholdBytes: number;
  readonly #sampleSlot: number;
  #unfinished: number;

  constructor(input: TcpCompetition) {
    const { path } = input;
    assertInRange('flows.length', input.flows.length, 1, MAX_FLOWS);
    assertInRange('rateBps', path.rateBps ?? Infinity, 1, Infinity);
    assertInRange('queueBytes', path.queueBytes ?? Infinity, 0, Infinity);
    assertInRange('headerBytes', path.headerBytes ?? 0, 0, 1000);
    assertInRange('record.samples', input.record?.samples ?? 0, 0, MAX_SAMPLES);
    this.bottleneck = new Transmitter(path);
    const events = input.record?.events ?? false;
    this.events = events === false ? undefined : new EventRecorder();
    this.#segmentEvents = events === true ? this.events : undefined;
    this.#headerBytes = path.headerBytes ?? 0;
    this.#ecnThresholdBytes = path.ecnThresholdBytes ?? Infinity;
    this.flows = input.flows.map((options, index) => {
      const settings =
        input.durationMs === undefined ? options : { ...options, durationMs: input.durationMs };
      return createFlow(settings, path, (input.seed ?? 1) * 65_536 + index, this.#worldOf(index));
    });
    this.#unfinished = this.flows.length;
    this.#sampleSlot = KINDS * this.flows.length;
    this.#calendar = new Calendar(this.#sampleSlot + 1);
    this.samples = new SampleRecorder(
      this.flows.length,
      input.record?.samples ?? 600,
      this.#sampleIntervalMs(input),
    );
    this.#calendar.set(this.#sampleSlot, this.samples.nextMs);
    this.flows.forEach((flow, index) => this.#schedule(WRITE, index, flow.writes[0]?.atMs ?? Infinity));
  }

  get endMs(): number {
    let endMs = 0;
    for (const flow of this.flows) endMs = Math.max(endMs, flow.endMs);
    return endMs;
  }

  /** Runs until every flow is done, the time is over, or too many segments were sent. */
  run(): 'completed' | 'duration' | 'segment-limit' {
    const calendar = this.#calendar;
    const count = this.flows.length;
    const { endMs } = this;
    while (this.#unfinished > 0) {
      const slot = calendar.first;
      const atMs = calendar.timeOf(slot);
      if (atMs > endMs) {
        this.nowMs = endMs;
        return 'duration';
      }
      if (this.sentSegments >= MAX_SEGMENTS) return 'segment-limit';
      this.nowMs = atMs;
      if (slot === this.#sampleSlot) this.#sample();
      else this.#happen((slot / count) | 0, slot % count);
    }
    return 'completed';
  }

  #happen(kind: number, index: number): void {
    const flow = this.flows[index]!;
    switch (kind) {
      case DATA:
        return this.#arrive(flow, index);
      case ACK:
        return this.#acknowledge(flow, index);
      case DELAYED_ACK:
        return this.#sendAck(flow, index, -1, false);
      case WRITE:
        return this.#write(flow, index);
      case WAKE:
        flow.sender.trySend(this.nowMs);
        return this.#afterSender(flow, index);
      case RTO:
        // The timer is moved with each ACK but its slot only when it fires: it may find that it has more time.
        if (flow.sender.rtoDeadlineMs <= this.nowMs) flow.sender.onTimeout(this.nowMs);
        this.#schedule(RTO, index, flow.sender.rtoDeadlineMs);
        return this.#afterSender(flow, index);
    }
  }

  /** A segment reaches the receiver. */
  #arrive(flow: SimulatedFlow, index: number): void {
    const segment = flow.data.a;
    const isMarked = flow.data.b === 1;
    flow.data.shift();
    this.#schedule(DATA, index, flow.data.nextAtMs);
    const { receiver, application } = flow;
    const before = receiver.nxt;
    const reception = receiver.receive(segment);
    for (let i = before; i < receiver.nxt; i++) flow.deliveredBytes += application.sizeOf(i);
    if (receiver.nxt >= application.segments && flow.writes.length === 0 && before < receiver.nxt) {
      flow.completedMs = this.nowMs;
    }
    if (this.#segmentEvents !== undefined) {
      const detail =
        reception === 'ack-now' ? { segment: segment + 1, ack: receiver.nxt + 1 } : { segment: segment + 1 };
      this.#segmentEvents.note(flow.sender, this.nowMs, index, 'received', detail);
    }
    if (reception === 'ack-now') this.#sendAck(flow, index, segment >= receiver.nxt ? segment : -1, isMarked);
    else this.#schedule(DELAYED_ACK, index, this.nowMs + flow.delayedAckMs);
  }

  #sendAck(flow: SimulatedFlow, index: number, sacked: number, isMarked: boolean): void {
    flow.receiver.acknowledged();
    this.#schedule(DELAYED_ACK, index, Infinity);
    flow.acks.push(this.nowMs + flow.oneWayMs, flow.receiver.nxt, (sacked + 1) * 2 + (isMarked ? 1 : 0));
    if (flow.acks.length === 1) this.#schedule(ACK, index, flow.acks.nextAtMs);
  }

  /** An ACK reaches the sender. */
  #acknowledge(flow: SimulatedFlow, index: number): void {
    const ackNumber = flow.acks.a;
    const news = flow.acks.b;
    flow.acks.shift();
    this.#schedule(ACK, index, flow.acks.nextAtMs);
    const { sender } = flow;
    const isDuplicate = ackNumber <= sender.board.una;
    const eventAt = this.#segmentEvents?.events.length ?? 0;
    sender.onAck(this.nowMs, ackNumber, (news >> 1) - 1, (news & 1) === 1);
    if (this.#segmentEvents !== undefined) this.#noteAck(flow, index, ackNumber, isDuplicate, eventAt);
    if (sender.isDone && flow.writes.length === 0 && Number.isNaN(flow.acknowledgedMs)) {
      flow.acknowledgedMs = this.nowMs;
      this.#unfinished--;
    }
    this.#afterSender(flow, index);
  }

  /** The ACK comes before what it caused, although its effect on the window is known only afterwards. */
  #noteAck(
    flow: SimulatedFlow,
    index: number,
    ackNumber: number,
    isDuplicate: boolean,
    eventAt: number,
  ): void {
    const events = this.#segmentEvents;
    if (events === undefined) return;
    const before = events.events.length;
    events.note(flow.sender, this.nowMs, index, 'acked', { ack: ackNumber + 1, isDuplicate });
    if (events.events.length === before) return;
    const acked = events.events.pop();
    if (acked !== undefined) events.events.splice(eventAt, 0, acked);
  }

  #write(flow: SimulatedFlow, index: number): void {
    while (flow.writes[0] !== undefined && flow.writes[0].atMs <= this.nowMs) {
      flow.application.write(flow.writes[0].bytes);
      flow.writes.shift();
    }
    this.#schedule(WRITE, index, flow.writes[0]?.atMs ?? Infinity);
    flow.sender.onWrite(this.nowMs);
    if (flow.application.segments === 0 && flow.writes.length === 0) {
      flow.completedMs = flow.acknowledgedMs = this.nowMs;
      this.#unfinished--;
    }
    this.#afterSender(flow, index);
  }

  #afterSender(flow: SimulatedFlow, index: number): void {
    const { sender } = flow;
    const calendar = this.#calendar;
    const rtoSlot = RTO * this.flows.length + index;
    if (sender.rtoDeadlineMs < calendar.timeOf(rtoSlot)) calendar.set(rtoSlot, sender.rtoDeadlineMs);
    this.#schedule(WAKE, index, sender.wakeMs);
  }

  #worldOf(index: number): Parameters<typeof createFlow>[3] {
    return {
      transmit: (segment, sizeBytes, isRetransmission, nowMs) => {
        const flow = this.flows[index]!;
        this.#transmit(flow, index, segment, sizeBytes, isRetransmission, nowMs);
      },
      note: (type, nowMs, segment) => {
        const flow = this.flows[index]!;
        const detail = segment === undefined ? {} : { segment: segment + 1 };
        this.events?.note(flow.sender, nowMs, index, type, detail);
        this.samples.sample(index, sampleOf(flow.sender, nowMs, flow.deliveredBytes));
      },
    };
  }

  /** A segment leaves a sender: through the queue, over the bottleneck, down the wire. */
  #transmit(
    flow: SimulatedFlow,
    index: number,
    segment: number,
    sizeBytes: number,
    isRetransmission: boolean,
    nowMs: number,
  ): void {
    this.sentSegments++;
    flow.sentSegments++;
    const isMarked = flow.usesEcn && this.bottleneck.waitingBytes(nowMs) > this.#ecnThresholdBytes;
    const departureMs = this.bottleneck.accept(nowMs, sizeBytes + this.#headerBytes);
    let reason: 'queue' | 'loss' | undefined;
    if (departureMs === DROPPED) {
      flow.queueDrops++;
      reason = 'queue';
    } else if (flow.isLost !== undefined && flow.isLost(segment)) {
      flow.lostSegments++;
      reason = 'loss';
    } else {
      flow.data.push(departureMs + flow.oneWayMs, segment, isMarked ? 1 : 0);
      if (flow.data.length === 1) this.#schedule(DATA, index, flow.data.nextAtMs);
    }
    if (this.#segmentEvents === undefined) return;
    const type = isRetransmission ? 'retransmitted' : 'sent';
    const arrival = reason === undefined ? { arrivesMs: departureMs + flow.oneWayMs } : {};
    this.#segmentEvents.note(flow.sender, nowMs, index, type, { segment: segment + 1, ...arrival });
    if (reason !== undefined)
      this.#segmentEvents.note(flow.sender, nowMs, index, 'dropped', { segment: segment + 1, reason });
  }

  #sample(): void {
    const { nowMs } = this;
    const take = (index: number) => {
      const flow = this.flows[index]!;
      if (nowMs < flow.startMs || !Number.isNaN(flow.acknowledgedMs)) return undefined;
      return sampleOf(flow.sender, nowMs, flow.deliveredBytes);
    };
    this.samples.sampleAll(nowMs, take, this.bottleneck.waitingBytes(nowMs));
    this.#calendar.set(this.#sampleSlot, this.samples.nextMs);
  }

  /** Even distances that fill about half of what may be kept; turns get the rest. */
  #sampleIntervalMs(input: TcpCompetition): number {
    const isEndless = input.flows.some((flow) => flow.bytes === undefined && flow.writes === undefined);
    const finest = input.path.rttMs / 4;
    const wanted = input.record?.samples ?? 600;
    return isEndless && wanted > 0 ? Math.max(finest, (this.endMs * 1.5) / wanted) : finest;
  }

  #schedule(kind: number, index: number, atMs: number): void {
    this.#calendar.set(kind * this.flows.length + index, atMs);
  }
}
