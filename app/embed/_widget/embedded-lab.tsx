import type { ComponentType } from 'react';
import type { z } from 'zod';
import type { Lab, LabViewProps } from '@/lib/labs/define-lab';
import { LabFrame } from '@/lib/labs/host/lab-frame';
import { useHash } from '@/lib/labs/host/use-hash';
import { TextProvider, type Messages } from '@/lib/text';

export type EmbeddedLabProps<Schema extends z.ZodType<object>, Result> = {
  lab: Lab<Schema, Result>;
  View: ComponentType<LabViewProps<z.output<Schema>, Result>>;
  messages: Messages;
  locale: string;
};

/** A lab with nothing around it: no chrome, no cookie, no storage. Its state comes from the address. */
export function EmbeddedLab<Schema extends z.ZodType<object>, Result>(
  props: EmbeddedLabProps<Schema, Result>,
) {
  const { lab, View, messages, locale } = props;
  return (
    <TextProvider messages={messages} locale={locale}>
      <LabFrame
        lab={lab}
        View={View}
        capsule={useHash()}
        headingLevel={1}
        addresses={{ page: `/${locale}/labs/${lab.id}`, embed: `/embed/${lab.id}` }}
      />
    </TextProvider>
  );
}
