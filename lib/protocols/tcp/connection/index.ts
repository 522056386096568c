/** The TCP connection as a state machine (RFC 9293 §3.3 to §3.10). MODEL.md says what is simplified. */
export { DEFAULT_CONNECTION_CONFIG } from './config';
export type { ConnectionConfig } from './config';
export { createConnection, nextTimer, TIMER_NAMES } from './connection';
export type { Connection, HeldText, TimerName } from './connection';
export type { Effect, RuleNote, UserErrorCode } from './draft';
export { createListener, DEFAULT_LISTENER_CONFIG, stepListener } from './listener';
export type { Accepted, HalfOpen, Listener, ListenerConfig, ListenerNote, ListenerResult } from './listener';
export { checkSynCookie, COOKIE_MSS, createFastOpenCookie, createSynCookie } from './syn-cookie';
export { TCP_RULES } from './rules';
export type { TcpRuleId } from './rules';
export { segmentEnd, segmentLength, segmentOf } from './segment';
export type { Segment } from './segment';
export { TCP_STATE_TRANSITIONS, TCP_STATES } from './states';
export type { TcpState, TcpTransition } from './states';
export { stepConnection } from './step';
export type { ConnectionEvent, StepResult } from './step';
