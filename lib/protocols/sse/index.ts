/** Server-sent events: HTML §9.2. Octets of a stream to events and back, and when a browser asks again. */
export {
  DEFAULT_MAX_BUFFER_LENGTH,
  EventStreamParser,
  type EventStreamParserOptions,
  type EventStreamState,
} from './event-stream-parser';
export type { ServerSentEvent } from './event';
export { writeEvent, type EventToWrite } from './write-event';
export { FIELD_NAMES, isUsableId, parseLine, parseRetry, type FieldName, type StreamLine } from './line';
export {
  createEventSource,
  DEFAULT_RECONNECTION_TIME_MS,
  judgeAnswer,
  requestFields,
  stepEventSource,
  type AnswerVerdict,
  type EventSourceInput,
  type EventSourceState,
} from './event-source';
export { SseError, type SseErrorCode } from './errors';
