import { jainFairnessIndex } from '../formulas';
import type { SimulatedFlow } from './connection-flow';
import { Network } from './network';
import { sampleOf } from './recorder';
import type { FlowSummary, TcpCompetition, TcpSimulation, TcpTrace } from './types';

/**
 * Runs one flow of data over a path: the sender's TCP with this congestion control, a drop-tail bottleneck, the
 * receiver's TCP. Deterministic: the same input gives a deeply equal trace. Throws TCP_INVALID_INPUT on an
 * input that makes no sense. What is simplified stands in MODEL.md.
 */
export function simulate(input: TcpSimulation): TcpTrace {
  const { algorithm, path, flow, loss, ...rest } = input;
  return simulateFlows({ ...rest, path, flows: [{ ...flow, algorithm, ...(loss ? { loss } : {}) }] });
}

/** The same with several flows, each with its algorithm, start and loss, on one bottleneck. */
export function simulateFlows(input: TcpCompetition): TcpTrace {
  const network = new Network(input);
  const stopped = network.run();
  const endMs = network.nowMs;
  const { bottleneck, events, samples, flows } = network;
  const summaries = flows.map((flow) => summaryOf(flow, endMs));
  flows.forEach((flow, i) => {
    if (Number.isNaN(flow.acknowledgedMs) || flow.acknowledgedMs === endMs) {
      samples.sample(i, sampleOf(flow.sender, endMs, flow.deliveredBytes));
    }
  });
  const delivered = summaries.reduce((sum, flow) => sum + flow.deliveredBytes, 0);
  const goodputBps = endMs > 0 ? (delivered * 8000) / endMs : 0;
  const { rateBps } = input.path;
  return {
    flows: summaries.map((summary, i) => ({ samples: samples.samples[i] ?? [], summary })),
    queue: samples.queue,
    events: events?.events ?? [],
    summary: {
      endMs,
      stopped,
      sentSegments: network.sentSegments,
      goodputBps,
      utilisation: rateBps === undefined ? undefined : goodputBps / rateBps,
      meanQueueBytes: endMs > 0 ? bottleneck.waitedByteMs / endMs : 0,
      maxQueueBytes: bottleneck.maxWaitingBytes,
      fairness: jainFairnessIndex(summaries.map((flow) => flow.goodputBps)),
      eventsTruncated: events?.isTruncated ?? false,
    },
  };
}

function summaryOf(flow: SimulatedFlow, endMs: number): FlowSummary {
  const { sender, receiver } = flow;
  const activeMs = (Number.isNaN(flow.completedMs) ? endMs : flow.completedMs) - flow.startMs;
  return {
    algorithm: sender.control.algorithm,
    sentSegments: flow.sentSegments,
    retransmittedSegments: sender.retransmittedSegments,
    arrivedSegments: receiver.arrivedSegments,
    lostSegments: flow.lostSegments,
    queueDrops: flow.queueDrops,
    inTransitSegments: flow.data.length,
    duplicateSegments: receiver.duplicateSegments,
    timeouts: sender.timeouts,
    fastRetransmits: sender.fastRetransmits,
    ecnReductions: sender.ecnReductions,
    deliveredBytes: flow.deliveredBytes,
    goodputBps: activeMs > 0 ? (flow.deliveredBytes * 8000) / activeMs : 0,
    completedMs: Number.isNaN(flow.completedMs) ? undefined : flow.completedMs,
    acknowledgedMs: Number.isNaN(flow.acknowledgedMs) ? undefined : flow.acknowledgedMs,
    meanRttMs: sender.rttCount === 0 ? undefined : sender.rttSumMs / sender.rttCount,
    maxCwndBytes: sender.maxCwndBytes,
  };
}
