'use client';
import { useId, useMemo } from 'react';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { Disclosure } from '../controls/disclosure';
import { layOutMachine, NARROW, WIDE, type MachineLayout, type MachineSize } from './machine-layout';
import { MachinePicture, type Token } from './machine-picture';
import type { StateMachineProps } from './props';

export function StateMachine(props: StateMachineProps) {
  const { label, states, transitions, current, actorLabels, taken = [], onSelect, selected = null } = props;
  const t = useText();
  const id = useId();
  const wide = useMemo(() => layOutMachine(states, transitions, WIDE), [states, transitions]);
  const narrow = useMemo(() => layOutMachine(states, transitions, NARROW), [states, transitions]);
  const tokens = tokensOf(current, actorLabels);
  const labelOf = (stateId: string) => states.find((state) => state.id === stateId)?.label ?? stateId;
  const picture = (layout: MachineLayout, size: MachineSize, key: string) => (
    <div className="relative mx-auto" style={{ maxWidth: `${size.width * 1.15}px` }}>
      <MachinePicture {...{ layout, size, taken, tokens, selected }} id={`${id}-${key}`} />
      {onSelect
        ? layout.states.map(({ state, x, y }) => (
            <button
              key={state.id}
              type="button"
              aria-label={t('visualiser.machine.state', { label: state.label })}
              aria-pressed={state.id === selected}
              className="absolute -translate-x-1/2 -translate-y-1/2 rounded-sm"
              style={{
                left: `${(x / size.width) * 100}%`,
                top: `${(y / layout.height) * 100}%`,
                width: `${(size.nodeWidth / size.width) * 100}%`,
                height: `${(size.nodeHeight / layout.height) * 100}%`,
              }}
              onClick={() => onSelect(state.id)}
            />
          ))
        : null}
    </div>
  );
  return (
    <div className="@container min-w-0">
      <div role="group" aria-label={label}>
        <div className="hidden @3xl:block">{picture(wide, WIDE, 'w')}</div>
        <div className="@3xl:hidden">{picture(narrow, NARROW, 'n')}</div>
      </div>
      <p className="m-0 mt-2 min-h-6 text-sm" aria-live="polite">
        {tokens
          .map((token) =>
            token.letter
              ? t('visualiser.machine.actorIn', {
                  letter: token.letter,
                  actor: actorLabels?.[token.actor] ?? token.actor,
                  state: labelOf(token.state),
                })
              : t('visualiser.machine.in', { state: labelOf(token.state) }),
          )
          .join(' · ')}
      </p>
      {props.tableHidden ? null : (
        <div className="mt-2">
          <Disclosure summary={t('visualiser.machine.asTable')}>
            {}
            <div
              className="overflow-x-auto"
              role="group"
              tabIndex={0}
              aria-label={t('visualiser.machine.table', { label })}
            >
              <table className="w-full border-collapse text-left text-xs">
                <caption className="sr-only">{t('visualiser.machine.table', { label })}</caption>
                <thead>
                  <tr className="border-b border-rule-strong text-ink-soft">
                    {(['number', 'from', 'label', 'to', 'taken'] as const).map((column) => (
                      <th key={column} scope="col" className="py-1 pr-3 font-normal">
                        {t(`visualiser.machine.columns.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {transitions.map((transition, i) => (
                    <tr
                      key={transition.id}
                      className={classNames(
                        'border-b border-rule',
                        taken.includes(transition.id) && 'font-semibold',
                      )}
                    >
                      <td className="py-1 pr-3 font-mono">{i + 1}</td>
                      <td className="py-1 pr-3 font-mono">{labelOf(transition.from)}</td>
                      <td className="py-1 pr-3">{transition.label}</td>
                      <td className="py-1 pr-3 font-mono">{labelOf(transition.to)}</td>
                      <td className="py-1 font-mono">{takenText(taken, transition.id)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Disclosure>
        </div>
      )}
    </div>
  );
}

function tokensOf(current: StateMachineProps['current'], labels: StateMachineProps['actorLabels']): Token[] {
  if (typeof current === 'string') return [{ actor: '', letter: '', state: current, index: 0 }];
  return Object.entries(current).map(([actor, state], index) => ({
    actor,
    letter: (labels?.[actor] ?? actor).charAt(0).toUpperCase(),
    state,
    index,
  }));
}

/** The places in the order of steps at which a transition was taken: "2, 5". */
function takenText(taken: readonly string[], id: string): string {
  return taken.flatMap((one, i) => (one === id ? [i + 1] : [])).join(', ');
}
