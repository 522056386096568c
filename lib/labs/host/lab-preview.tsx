'use client';
import type { ComponentType } from 'react';
import type * as z from 'zod/mini';
import { TextProvider, useText } from '@/lib/text';
import { Button } from '@/lib/ui/controls';
import type { Lab, LabViewProps } from '../define-lab';
import { useLab } from './use-lab';

type Props<Schema extends z.ZodMiniType<object>, Result> = {
  lab: Lab<Schema, Result>;
  View: ComponentType<LabViewProps<z.output<Schema>, Result>>;
};

/** A lab's picture with nothing but Run: for the first page. */
export function LabPreview<Schema extends z.ZodMiniType<object>, Result>(props: Props<Schema, Result>) {
  return (
    <TextProvider prefix={`labs.${props.lab.id}`}>
      <Preview {...props} />
    </TextProvider>
  );
}

function Preview<Schema extends z.ZodMiniType<object>, Result>({ lab, View }: Props<Schema, Result>) {
  const t = useText();
  const { steps, play, pause, playing, ...state } = useLab(lab, {}, undefined);
  const step = steps[state.at];
  return (
    <section className="lab-preview" aria-label={t(lab.title)} data-lab={lab.id}>
      <View
        params={state.params}
        setParams={state.setParams}
        result={state.result}
        at={state.at}
        setAt={state.setAt}
      />
      <p className="lab-preview-run">
        <Button tone="primary" onClick={playing ? pause : play}>
          {t(playing ? 'visualiser.stepper.pause' : 'visualiser.stepper.run')}
        </Button>
        <output>{step ? t(step.text) : ''}</output>
      </p>
    </section>
  );
}
