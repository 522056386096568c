// Congestion control, transfers and the simulator. What is real and what is simplified: MODEL.md.
export { TcpModelError, type TcpModelErrorCode } from './model-error';
export {
  segmentsOf,
  slowStartRounds,
  slowStartRoundsByLoop,
  slowStartTimeMs,
  slowStartWindows,
  type SlowStartInput,
} from './slow-start';
export {
  TLS_ROUND_TRIPS,
  transferTime,
  type Burst,
  type TlsMode,
  type TransferEvent,
  type TransferInput,
  type TransferTime,
} from './transfer-time';
export {
  bandwidthDelayProductBytes,
  jainFairnessIndex,
  mathisRateBps,
  MAX_WINDOW_SHIFT,
  renoLossRateFor,
  renoMeanWindow,
  scaledWindowBytes,
  serialisationMs,
  windowLimitedRateBps,
  windowShiftFor,
} from './formulas';
export { ALGORITHMS } from './congestion/control';
export type { Ack, Algorithm, CongestionControl, FastRecovery, Phase } from './congestion/control';
export { windowAfterAck } from './congestion/aimd';
export { initialWindowRfc5681, initialWindowRfc6928 } from './congestion/initial-window';
export { INITIAL_RTO_MS, MAX_RTO_MS, MIN_RTO_MS, RtoEstimator } from './congestion/rto';
export { Reno, renoRecovery } from './congestion/reno';
export { Tahoe } from './congestion/tahoe';
export { newRenoRecovery } from './congestion/newreno';
export { sackRecovery } from './congestion/sack-recovery';
export { ProportionalRateReduction, type PrrBound } from './congestion/prr';
export { Cubic } from './congestion/cubic';
export {
  CUBIC_ALPHA,
  CUBIC_BETA,
  CUBIC_C,
  cubicK,
  cubicLossRateFor,
  cubicMeanWindow,
  cubicWindow,
} from './congestion/cubic-window';
export { Bbr, bbrRecovery } from './congestion/bbr';
export { PathModel } from './congestion/bbr-model';
export { simulate, simulateFlows } from './simulation/simulate';
export { simulateTransfer } from './simulation/simulate-transfer';
export { MAX_EVENTS, MAX_FLOWS, MAX_SAMPLES, MAX_SEGMENTS } from './simulation/types';
export type {
  FlowSummary,
  FlowTrace,
  TcpCompetition,
  TcpEvent,
  TcpEventType,
  TcpFlow,
  TcpLoss,
  TcpPath,
  TcpRecord,
  TcpSample,
  TcpSimulation,
  TcpTrace,
} from './simulation/types';

// Octets: segments and their options (RFC 9293 §3.1), two connections (§3.3, §3.10), and an exchange over a link.
export * from './errors';
export * from './segment';
export * from './connection';
export * from './exchange';
