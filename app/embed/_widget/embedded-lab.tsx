import { LabFrame } from '@/lib/labs/host/lab-frame';
import { useHash } from '@/lib/labs/host/use-hash';
import type { LabModule } from '@/lib/labs/views';
import { TextProvider, type Messages } from '@/lib/text';

type Props = LabModule & { messages: Messages; locale: string };

/** A lab with nothing around it: no chrome, no cookie, no storage. Its state comes from the address. */
export function EmbeddedLab({ lab, View, loadLive, messages, locale }: Props) {
  return (
    <TextProvider messages={messages} locale={locale}>
      <LabFrame
        lab={lab}
        View={View}
        loadLive={loadLive}
        capsule={useHash()}
        headingLevel={1}
        addresses={{ page: `/${locale}/labs/${lab.id}`, embed: `/embed/${lab.id}` }}
      />
    </TextProvider>
  );
}
