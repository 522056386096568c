import type { ReactElement, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, expectTypeOf, test } from 'vitest';
import { TextProvider } from '@/lib/text';
import { compileMessages } from '@/lib/text/compile';
import { ParamChoice, ParamNumber, ParamSlider, ParamText, ParamToggle, type ParamOf } from './param-fields';

type Changeable<Value> = ReactElement<{ onChange(value: Value): void }>;
type Params = { rttMs: number; tls: 'none' | '1.3'; reused: boolean; note: string };
const of = {
  params: { rttMs: 56, tls: '1.3', reused: true, note: 'hm' } satisfies Params as Params,
  setParams: (_change: Partial<Params>) => undefined,
};
const messages = compileMessages({
  labels: {
    rttMs: 'Round trip',
    tls: 'TLS',
    tlsOptions: { none: 'No', '1.3': 'Yes' },
    reused: 'Again',
    note: 'Say',
  },
  units: { ms: 'msec' },
});
const render = (control: ReactNode) =>
  renderToStaticMarkup(<TextProvider messages={messages}>{control}</TextProvider>);

test('a bound control shows the param and finds its words by its name', () => {
  const slider = render(<ParamSlider of={of} name="rttMs" min={1} max={600} unit="ms" />);
  expect(slider).toMatch(/type="range"[^>]*value="56"/);
  expect(slider).toContain('>Round trip<');
  expect(slider).toContain('>msec<');
  expect(render(<ParamNumber of={of} name="rttMs" />)).toMatch(/>Round trip<.*value="56"/);
  expect(render(<ParamText of={of} name="note" />)).toMatch(/>Say<.*value="hm"/);
  expect(render(<ParamToggle of={of} name="reused" />)).toMatch(/checked="".*Again/);
  const choice = render(<ParamChoice of={of} name="tls" options={['none', '1.3']} />);
  expect(choice).toMatch(/>TLS<.*>No<input[^>]*value="none".*>Yes<input[^>]*checked="" value="1.3"/);
});

test('a change of the control is one of the param alone', () => {
  const changes: Partial<Params>[] = [];
  const bound = { ...of, setParams: (change: Partial<Params>) => void changes.push(change) };
  function Changed() {
    // Their elements, to change them as a person would; there is no document here.
    const slider: Changeable<number> = ParamSlider({ of: bound, name: 'rttMs', min: 1, max: 600 });
    const choice: Changeable<'none'> = ParamChoice({ of: bound, name: 'tls', options: ['none', '1.3'] });
    slider.props.onChange(80);
    choice.props.onChange('none');
    return null;
  }
  render(<Changed />);
  expect(changes).toEqual([{ rttMs: 80 }, { tls: 'none' }]);
});

test('a param is bound as what it is, and a choice to all that it may be', () => {
  expectTypeOf(of).toExtend<ParamOf<'rttMs', number>>();
  expectTypeOf(of).toExtend<ParamOf<'tls', 'none' | '1.3'>>();
  expectTypeOf(of).not.toExtend<ParamOf<'rttMs', string>>();
  expectTypeOf(of).not.toExtend<ParamOf<'tls', string>>();
  expectTypeOf(of).not.toExtend<ParamOf<'tls', 'none'>>();
  expectTypeOf(of).not.toExtend<ParamOf<'tls', 'none' | '1.3' | '1.2'>>();
  expectTypeOf(of).not.toExtend<ParamOf<'note', 'none'>>();
  expectTypeOf(of).not.toExtend<ParamOf<'cwnd', number>>();
});
