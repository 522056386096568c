import { isUsableId, parseLine, parseRetry } from '@/lib/protocols/sse';
import type { MessageRef } from '@/lib/text/text';
import type { Step } from '../define-lab';
import { MAX_OCTETS, type Moment, type StreamResult } from './run';
import { shown } from './source';

/** Every moment in a sentence, and at the end what becomes of what is left. */
export function stepsOf({ moments, rest, octets, isTooLong }: StreamResult): Step[] {
  const steps: Step[] = moments.map((moment) => ({ text: sentenceOf(moment) }));
  const left = rest.dataBuffer !== '' || rest.line !== '' || rest.eventTypeBuffer !== '';
  const values = { octets: octets.length, line: shown(rest.line), data: shown(rest.dataBuffer) };
  const end = octets.length === 0 ? 'nothing' : left ? 'left' : 'clean';
  steps.push({ text: isTooLong ? said('too-long', { max: MAX_OCTETS }) : said(`end.${end}`, values) });
  return steps;
}

function sentenceOf(moment: Moment): MessageRef {
  const { kind, state, held, chunk, end } = moment;
  const line = shown(moment.line);
  if (kind === 'cut') {
    const key = held > 0 ? 'cut.held' : state.line === '' ? 'cut.empty' : 'cut.line';
    return said(key, { chunk: chunk + 1, octets: end, held, line: shown(state.line) });
  }
  if (kind === 'blank') return blankSentence(moment);
  const read = parseLine(moment.line);
  const value = 'value' in read ? read.value : '';
  const values = { line, value: shown(value) };
  switch (kind) {
    case 'data':
      return said('data', {
        ...values,
        lines: state.dataBuffer.split('\n').length - 1,
        data: shown(state.dataBuffer),
      });
    case 'id':
      return said(!isUsableId(value) ? 'id.null' : value === '' ? 'id.empty' : 'id.set', values);
    case 'retry':
      return said(parseRetry(value) === undefined ? 'retry.ignored' : 'retry.set', {
        ...values,
        ms: parseRetry(value) ?? 0,
      });
    case 'event':
      return said(value === '' ? 'event.empty' : 'event.set', values);
    case 'unknown':
      return said(moment.line.startsWith('\ufeff') ? 'unknown.mark' : 'unknown.plain', values);
    default:
      return said(kind, values);
  }
}

function blankSentence({ event, state }: Moment): MessageRef {
  if (!event)
    return said(state.lastEventId === '' ? 'blank.nothing' : 'blank.id', { id: shown(state.lastEventId) });
  const { type, data, lastEventId } = event;
  const key = lastEventId === '' ? 'blank.event' : 'blank.event-with-id';
  return said(key, { type: shown(type), data: shown(data), id: shown(lastEventId) });
}

const said = (key: string, values: NonNullable<MessageRef['values']> = {}): MessageRef => ({
  key: `steps.${key}`,
  values,
});
