'use client';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { Button } from '../controls/button';
import { Disclosure } from '../controls/disclosure';
import { Sign } from '../controls/sign';
import { hueClass } from '../layer';
import { rovingTarget } from '../roving';
import { durationText, LadderPicture } from './ladder-picture';
import { layOutLadder, type DrawnMessage, type StateChip } from './ladder-layout';
import { MessageList } from './message-list';
import { MIN_REACH } from './place-labels';
import type { SequenceLadderProps } from './props';

const signs = {
  normal: null,
  lost: <Sign of="cross" className="mr-1" />,
  duplicate: <Sign of="twice" className="mr-1" />,
  retransmission: <Sign of="again" className="mr-1" />,
};
const toneOf = (d: DrawnMessage) => d.message.tone ?? (d.lost ? 'lost' : 'normal');
const percent = (share: number) => `${Number((share * 100).toFixed(3))}%`;

export function SequenceLadder(props: SequenceLadderProps) {
  const { label, actors, messages, states = [], nowMs, onDrag, dragStepMs = 1 } = props;
  const t = useText();
  const id = useId();
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const [focused, setFocused] = useState<string | null>(null);
  const [ownSelected, setOwnSelected] = useState<string | null>(null);
  const selected = props.selected === undefined ? ownSelected : props.selected;
  const { spans, height, compressGapsOverMs, fromMs, toMs } = props;
  const layout = useMemo(
    () => layOutLadder({ actors, messages, spans, states, nowMs, height, compressGapsOverMs, fromMs, toMs }),
    [actors, messages, spans, states, nowMs, height, compressGapsOverMs, fromMs, toMs],
  );
  const { scale, xOfActor } = layout;
  // A message without a label is one of a bundle whose first says it for all.
  const drawn = layout.messages.filter((d) => d.progress > 0 && d.message.label !== '');
  const tabStop = drawn.find((d) => d.message.id === (focused ?? selected)) ?? drawn[0];
  const chosen = drawn.find((d) => d.message.id === selected);

  const select = (next: string | null) => {
    setOwnSelected(next);
    props.onSelect?.(next);
  };
  const changeDelay = (d: DrawnMessage, byMs: number) => {
    if (d.message.receivedMs === null) return;
    onDrag?.(d.message.id, Math.max(0, d.message.receivedMs - d.message.sentMs + byMs));
  };
  const onKeyDown = (event: KeyboardEvent, d: DrawnMessage) => {
    const vertical = event.key === 'ArrowUp' || event.key === 'ArrowDown';
    if (vertical && onDrag) {
      event.preventDefault();
      changeDelay(d, (event.key === 'ArrowDown' ? 1 : -1) * dragStepMs * (event.shiftKey ? 10 : 1));
      return;
    }
    if (event.key === 'Escape') select(null);
    const next = drawn[rovingTarget(event.key, drawn.indexOf(d), drawn.length)];
    if (!next) return;
    event.preventDefault();
    buttons.current.get(next.message.id)?.focus();
  };
  const actions =
    chosen && props.actions
      ? typeof props.actions === 'function'
        ? props.actions(chosen.message)
        : props.actions
      : [];
  return (
    <div className="@container min-w-0">
      <div role="group" aria-label={label} className="pl-[3.2rem]">
        <div className="relative mb-3 h-8">
          {actors.map((actor) => (
            <span
              key={actor.id}
              className="absolute top-0 -translate-x-1/2 border-b-2 border-rule-strong px-2 text-sm font-semibold whitespace-nowrap"
              style={{ left: percent(xOfActor.get(actor.id) ?? 0) }}
            >
              {actor.label}
            </span>
          ))}
          <span
            aria-hidden="true"
            className="absolute right-full bottom-0 pr-2 font-mono text-xs text-ink-soft"
          >
            {t('visualiser.ladder.unit')}
          </span>
        </div>
        <div className="relative mb-6" style={{ height: `${Math.ceil(scale.height)}px` }}>
          <LadderPicture {...{ layout, id, selected, actors, spans, nowMs }} />
          <StateChips chips={layout.chips} />
          {drawn.map((d) => (
            <button
              key={d.message.id}
              ref={(element) => {
                if (element) buttons.current.set(d.message.id, element);
                else buttons.current.delete(d.message.id);
              }}
              type="button"
              tabIndex={d === tabStop ? 0 : -1}
              aria-pressed={d.message.id === selected}
              aria-label={t('visualiser.ladder.button', {
                label: d.message.label,
                tone: toneOf(d),
              })}
              className={classNames(
                'group absolute -translate-x-1/2 -translate-y-1/2 cursor-pointer',
                hueClass[d.message.layer],
                d.place.crowded
                  ? 'size-3 rounded-full border-2 border-(--hue) bg-paper aria-pressed:bg-(--hue)'
                  : 'flex h-6 items-center rounded-sm font-mono text-xs leading-none text-(--hue)',
              )}
              style={{
                left: percent(d.place.x),
                top: `${d.place.y}px`,
                maxWidth: d.place.crowded
                  ? undefined
                  : percent(Math.max(MIN_REACH, Math.abs((xOfActor.get(d.message.to) ?? 1) - d.x0) * 0.96)),
              }}
              onFocus={() => setFocused(d.message.id)}
              onKeyDown={(event) => onKeyDown(event, d)}
              onClick={() => select(d.message.id === selected ? null : d.message.id)}
            >
              {d.place.crowded ? null : (
                // The ground behind the words is lower than the target, to hide little of the arrow.
                <span className="truncate bg-paper px-1 leading-[17px] group-hover:underline group-hover:underline-offset-4 group-aria-pressed:bg-(--hue) group-aria-pressed:text-paper forced-colors:group-aria-pressed:border-2">
                  {signs[toneOf(d)]}
                  {d.message.label}
                </span>
              )}
            </button>
          ))}
          {onDrag
            ? drawn
                .filter((d) => !d.lost && d.progress >= 1)
                .map((d) => (
                  <DragHandle
                    key={d.message.id}
                    drawn={d}
                    pxPerMs={scale.pxPerMs || 1}
                    onDrag={(delayMs) => onDrag(d.message.id, delayMs)}
                  />
                ))
            : null}
        </div>
      </div>
      <div className="ladder-detail min-h-24 border-l-3 border-rule-strong pl-4 text-sm" aria-live="polite">
        {chosen ? (
          <div className={hueClass[chosen.message.layer]}>
            <p className="m-0 font-mono text-(--hue)">{chosen.message.label}</p>
            <p className="m-0 text-xs text-ink-soft">
              {t(chosen.lost ? 'visualiser.ladder.timesLost' : 'visualiser.ladder.times', {
                from: actors.find((a) => a.id === chosen.message.from)?.label ?? '',
                to: actors.find((a) => a.id === chosen.message.to)?.label ?? '',
                sent: durationText(chosen.message.sentMs, t.locale),
                arrival: durationText(chosen.message.receivedMs ?? 0, t.locale),
                delay: durationText((chosen.message.receivedMs ?? 0) - chosen.message.sentMs, t.locale),
              })}
            </p>
            {chosen.message.detail ? <p className="m-0 mt-1">{chosen.message.detail}</p> : null}
            {actions.length > 0 || (onDrag && !chosen.lost) ? (
              <div className="mt-2 flex flex-wrap gap-2">
                {onDrag && !chosen.lost ? (
                  <>
                    <Button onClick={() => changeDelay(chosen, -dragStepMs)}>
                      {t('visualiser.ladder.sooner')}
                    </Button>
                    <Button onClick={() => changeDelay(chosen, dragStepMs)}>
                      {t('visualiser.ladder.later')}
                    </Button>
                  </>
                ) : null}
                {actions.map((action) => (
                  <Button key={action.id} onClick={() => props.onAction?.(chosen.message.id, action.id)}>
                    {action.label}
                  </Button>
                ))}
              </div>
            ) : null}
          </div>
        ) : (
          <p className="m-0 text-ink-soft italic">
            {t(onDrag ? 'visualiser.ladder.chooseDrag' : 'visualiser.ladder.choose')}
          </p>
        )}
      </div>
      {props.listHidden ? null : (
        <div className="mt-4">
          <Disclosure summary={t('visualiser.ladder.asList')}>
            <MessageList {...{ actors, messages, states, spans: spans ?? [] }} />
          </Disclosure>
        </div>
      )}
    </div>
  );
}

/** State names beside the lifelines: at the outer edge for the outer actors, on the line for those between. */
function StateChips({ chips }: { chips: readonly StateChip[] }) {
  const sides = { left: 'left-0', middle: '-translate-x-1/2', right: 'right-0' };
  return chips.map((chip) => (
    <span
      key={chip.key}
      aria-hidden="true"
      className={classNames(
        'absolute -translate-y-1/2 border bg-paper-sunk px-1 font-mono text-xs leading-[18px] whitespace-nowrap',
        chip.isLast ? 'border-ink text-ink' : 'border-rule-strong text-ink-soft',
        sides[chip.side],
      )}
      style={{ top: `${chip.y}px`, ...(chip.side === 'middle' ? { left: percent(chip.x) } : {}) }}
    >
      {chip.text}
    </span>
  ));
}

/** The head of an arrow, to be pulled up or down. Its keyboard twin is the message's button. */
function DragHandle(props: { drawn: DrawnMessage; pxPerMs: number; onDrag(delayMs: number): void }) {
  const { drawn, pxPerMs, onDrag } = props;
  // All of the moment of gripping: the picture may change its scale under the pointer.
  const grip = useRef<{ pointerY: number; delayMs: number; pxPerMs: number } | null>(null);
  return (
    <span
      aria-hidden="true"
      className="absolute size-7 -translate-x-1/2 -translate-y-1/2 cursor-ns-resize touch-none rounded-full hover:border hover:border-rule-strong pointer-coarse:size-11"
      style={{ left: percent(drawn.x1), top: `${drawn.y1}px` }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        const delayMs = (drawn.message.receivedMs ?? 0) - drawn.message.sentMs;
        grip.current = { pointerY: event.clientY, delayMs, pxPerMs };
      }}
      onPointerMove={(event) => {
        const from = grip.current;
        if (from) onDrag(Math.max(0, from.delayMs + (event.clientY - from.pointerY) / from.pxPerMs));
      }}
      onPointerUp={() => (grip.current = null)}
      onPointerCancel={() => (grip.current = null)}
    />
  );
}
