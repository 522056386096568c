import { useState } from 'react';
import { useText } from '@/lib/text';
import { Button, Disclosure, TextField } from '@/lib/ui/controls';
import type { LabViewProps } from '../define-lab';
import { MAX_TEXT, type SdpParams } from './lab';
import type { SdpResult } from './run';

type Props = Pick<LabViewProps<SdpParams, SdpResult>, 'setParams' | 'result'>;

/** The whole offer as text: to copy, and to paste one of one's own. */
export function TextPanel({ result, setParams }: Props) {
  const t = useText();
  const [draft, setDraft] = useState<string>();
  return (
    <Disclosure summary={t('panel.text.title')}>
      {() => (
        <div className="sdp-paste">
          <TextField
            mono
            lines={12}
            label={t('panel.text.label')}
            hint={t('panel.text.hint', { max: MAX_TEXT })}
            value={draft ?? result.text}
            maxLength={MAX_TEXT}
            onChange={setDraft}
          />
          <Button
            disabled={draft === undefined}
            onClick={() => {
              if (draft === undefined) return;
              setParams({ offer: 'own', own: draft.replaceAll('\r\n', '\n'), text: '' });
              setDraft(undefined);
            }}
          >
            {t('panel.text.apply')}
          </Button>
        </div>
      )}
    </Disclosure>
  );
}
