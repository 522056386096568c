import { expect, test } from 'vitest';
import { render, textOf } from '../testing/render.fixture';
import type { LadderMessage } from './props';
import { SequenceLadder } from './sequence-ladder';

const actors = [
  { id: 'c', label: 'Client' },
  { id: 's', label: 'Server' },
];
const messages: LadderMessage[] = [
  { id: '1', from: 'c', to: 's', sentMs: 0, receivedMs: 28, label: 'SYN', layer: 'transport', detail: 'why' },
  { id: '2', from: 's', to: 'c', sentMs: 28, receivedMs: null, label: 'SYN,ACK', layer: 'transport' },
  {
    id: '3',
    from: 's',
    to: 'c',
    sentMs: 1028,
    receivedMs: 1056,
    label: 'SYN,ACK',
    layer: 'transport',
    tone: 'retransmission',
  },
];
const states = [{ actor: 's', fromMs: 28, state: 'SYN-RECEIVED' }];

test('the list says every message, its fate and every state, in order', () => {
  const text = textOf(render(<SequenceLadder label="Handshake" {...{ actors, messages, states }} />));
  const list = text.slice(text.indexOf('The same as a list'));
  expect(list).toContain('0 ms: Client to Server: SYN; arrives at 28 ms why');
  expect(list).toContain('28 ms: Server to Client: SYN,ACK; lost on the way');
  expect(list).toContain('SYN,ACK (retransmission); arrives at 1,056 ms');
  expect(list).toContain('Server enters SYN-RECEIVED');
});

test('what is not sent yet has no arrow and no button', () => {
  const html = render(<SequenceLadder label="Handshake" {...{ actors, messages }} nowMs={30} listHidden />);
  expect(html.match(/aria-pressed="/g)).toHaveLength(2);
});

test('actions stand beside the chosen message, and may depend on it', () => {
  const html = render(
    <SequenceLadder
      label="Handshake"
      {...{ actors, messages }}
      selected="1"
      actions={(message) => [{ id: 'drop', label: `Drop ${message.label}` }]}
    />,
  );
  expect(html).toContain('Drop SYN<');
});
