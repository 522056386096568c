import type { Sender } from './sender';
import { MAX_EVENTS, type TcpEvent, type TcpEventType, type TcpSample } from './types';

/** Writes down samples of all flows and the queue at even distances; thins them out when there are too many. */
export class SampleRecorder {
  readonly samples: TcpSample[][];
  queue: { timeMs: number; bytes: number }[] = [];
  #intervalMs: number;
  #nextMs = 0;
  readonly #max: number;

  constructor(flows: number, maxSamples: number, intervalMs: number) {
    this.samples = Array.from({ length: flows }, () => []);
    this.#max = maxSamples;
    this.#intervalMs = intervalMs;
  }

  get nextMs(): number {
    return this.#max === 0 ? Infinity : this.#nextMs;
  }

  /** The regular samples; says when the next ones are due. */
  sampleAll(nowMs: number, take: (flow: number) => TcpSample | undefined, queueBytes: number): void {
    for (let flow = 0; flow < this.samples.length; flow++) this.sample(flow, take(flow));
    this.queue.push({ timeMs: nowMs, bytes: queueBytes });
    if (this.queue.length > this.#max) {
      this.queue = everyOther(this.queue);
      this.#intervalMs *= 2;
    }
    this.#nextMs = nowMs + this.#intervalMs;
  }

  /** One sample, at a regular time or at a turn that a chart must not miss. */
  sample(flow: number, sample: TcpSample | undefined): void {
    const series = this.samples[flow];
    if (sample === undefined || series === undefined || this.#max === 0) return;
    series.push(sample);
    if (series.length > this.#max) this.samples[flow] = everyOther(series);
  }
}

/** Keeps the first, third, fifth … */
function everyOther<T>(list: readonly T[]): T[] {
  return list.filter((_, i) => i % 2 === 0);
}

export function sampleOf(sender: Sender, nowMs: number, deliveredBytes: number): TcpSample {
  const { control } = sender;
  return {
    timeMs: nowMs,
    cwndBytes: control.cwndBytes,
    ssthreshBytes: control.ssthreshBytes,
    flightBytes: sender.flightBytes,
    deliveredBytes,
    phase: control.phase,
  };
}

/** Keeps the events of single segments, up to MAX_EVENTS. */
export class EventRecorder {
  readonly events: TcpEvent[] = [];
  isTruncated = false;

  note(
    sender: Sender,
    timeMs: number,
    flow: number,
    type: TcpEventType,
    detail: Partial<Pick<TcpEvent, 'segment' | 'ack' | 'arrivesMs' | 'reason' | 'isDuplicate'>>,
  ): void {
    if (this.events.length >= MAX_EVENTS) {
      this.isTruncated = true;
      return;
    }
    const { cwndBytes, ssthreshBytes } = sender.control;
    this.events.push({
      timeMs,
      flow,
      type,
      ...detail,
      cwndBytes,
      ssthreshBytes,
      flightBytes: sender.flightBytes,
    });
  }
}
