'use client';
import { lab } from '@/lib/labs/slow-start/lab';
import View from '@/lib/labs/slow-start/view';
import { LabPreview } from '@/lib/labs/host/lab-preview';
import { TextProvider, type Messages } from '@/lib/text';

/** The one lab of the first page: its picture and a Run button, nothing to set. */
export function HomeLab({ messages }: { messages: Messages }) {
  return (
    <TextProvider messages={messages}>
      <LabPreview lab={lab} View={View} />
    </TextProvider>
  );
}
