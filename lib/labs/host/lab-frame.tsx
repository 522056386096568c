'use client';
import { useId, useState, type ComponentType } from 'react';
import type * as z from 'zod/mini';
import { TextProvider, useText } from '@/lib/text';
import { classNames } from '@/lib/ui/class-names';
import { LayerTag } from '@/lib/ui/controls';
import { hueClass } from '@/lib/ui/layer';
import { Stepper } from '@/lib/ui/stepper';
import type { Lab, LabLiveProps, LabViewProps } from '../define-lab';
import type { LabEvent } from './lab-event';
import { LiveSlot } from './live-slot';
import { PredictionStrip } from './prediction-strip';
import { Reading } from './reading';
import { Share, type LabAddresses } from './share';
import { TaskList } from './task-list';
import { TruthPanel } from './truth-panel';
import { useLab } from './use-lab';
import { WireSlot } from './wire-slot';

export type LabFrameProps<Schema extends z.ZodMiniType<object>, Result> = {
  lab: Lab<Schema, Result>;
  View: ComponentType<LabViewProps<z.output<Schema>, Result>>;
  /** Fetches the live part, of a lab that has one. */
  loadLive?: (() => Promise<{ default: ComponentType<LabLiveProps<z.output<Schema>, Result>> }>) | undefined;
  preset?: Partial<z.output<Schema>> | undefined;
  /** Text of a capsule that came with the address. */
  capsule?: string | undefined;
  /** Ids of those to show; all by default. A lesson spreads them over several instances of one lab. */
  predictions?: readonly string[] | undefined;
  tasks?: readonly string[] | undefined;
  addresses: LabAddresses;
  onEvent?: ((event: LabEvent) => void) | undefined;
  /** The heading's level on the page it stands on. */
  headingLevel?: 1 | 2 | 3 | undefined;
};

/** What every lab has around its picture: predict, run, step, scrub, reset, tasks, share, export, reading, truth. */
export function LabFrame<Schema extends z.ZodMiniType<object>, Result>(props: LabFrameProps<Schema, Result>) {
  return (
    <TextProvider prefix={`labs.${props.lab.id}`}>
      <Frame {...props} />
    </TextProvider>
  );
}

function Frame<Schema extends z.ZodMiniType<object>, Result>(props: LabFrameProps<Schema, Result>) {
  const { lab, View, onEvent } = props;
  const t = useText();
  const titleId = useId();
  const state = useLab(lab, props.preset ?? {}, props.capsule);
  const [ran, setRan] = useState(false);
  const Heading = `h${props.headingLevel ?? 3}` as const;

  const predictions = lab.predictions.filter(
    ({ id }) => !props.predictions || props.predictions.includes(id),
  );
  const tasks = lab.tasks.filter(({ id }) => !props.tasks || props.tasks.includes(id));

  return (
    <div
      role="group"
      className={classNames('lab-frame', hueClass[lab.layer])}
      aria-labelledby={titleId}
      data-lab={lab.id}
      data-touched={state.touched}
    >
      <header className="lab-frame-head">
        <LayerTag layer={lab.layer} />
        <Heading id={titleId} className="lab-frame-title">
          {t(lab.title)}
        </Heading>
        <p className="lab-frame-summary">{t(lab.summary)}</p>
      </header>
      {state.capsuleProblem && (
        <p role="status" className="lab-frame-notice">
          {t(`labFrame.capsule.${state.capsuleProblem}`)}
        </p>
      )}
      {predictions.length > 0 && (
        <PredictionStrip
          lab={lab}
          predictions={predictions}
          state={state}
          onRun={() => setRan(true)}
          onEvent={onEvent}
        />
      )}
      <div className="lab-frame-view">
        <View
          params={state.params}
          setParams={state.setParams}
          result={state.result}
          at={state.at}
          setAt={state.setAt}
        />
      </div>
      <div className="lab-frame-transport">
        <Stepper
          count={state.steps.length}
          at={state.at}
          setAt={state.setAt}
          playing={state.playing}
          onPlayPause={() => {
            setRan(true);
            if (state.playing) state.pause();
            else state.play();
          }}
          onReset={state.reset}
          label={(step) => {
            const current = state.steps[step];
            return current ? t(current.text) : '';
          }}
          timeMs={state.steps[state.at]?.timeMs}
        />
      </div>
      {props.loadLive && (
        <LiveSlot
          load={props.loadLive}
          params={state.params}
          setParams={state.setParams}
          result={state.result}
        />
      )}
      {lab.wire && <WireSlot wire={lab.wire} params={state.params} result={state.result} layer={lab.layer} />}
      <div className="lab-frame-foot">
        {tasks.length > 0 && (
          <TaskList
            lab={lab}
            tasks={tasks}
            params={state.params}
            result={state.result}
            active={state.touched || ran}
            onEvent={onEvent}
          />
        )}
        <Reading steps={state.steps} at={state.at} setAt={state.setAt} />
        <TruthPanel truth={lab.truth} />
        <Share
          lab={lab}
          params={state.params}
          at={state.at === state.steps.length - 1 ? undefined : state.at}
          exports={() => lab.exports(state.result, state.params)}
          addresses={props.addresses}
        />
      </div>
    </div>
  );
}
