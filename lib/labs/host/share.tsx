import { useId } from 'react';
import { useText } from '@/lib/text';
import { Button, CopyButton, Disclosure } from '@/lib/ui/controls';
import { encodeCapsule } from '../capsule';
import type { LabExport } from '../define-lab';

/** Where a lab stands alone, and where it can be embedded; paths on the app's own origin. */
export type LabAddresses = { page: string; embed: string };

type Props = {
  lab: { id: string };
  params: unknown;
  at: number | undefined;
  exports: () => readonly LabExport[];
  addresses: LabAddresses;
};

/** The present state as a link and as a line of HTML, and the run's data as files: made when it is opened. */
export function Share(props: Props) {
  const t = useText();
  return <Disclosure summary={t('labFrame.share.title')}>{() => <Shared {...props} />}</Disclosure>;
}

function Shared({ lab, params, at, exports, addresses }: Props) {
  const t = useText();
  const capsule = encodeCapsule({
    v: 1,
    lab: lab.id,
    params: params as Record<string, unknown>,
    ...(at === undefined ? {} : { at }),
  });
  const { origin } = window.location;
  const link = `${origin}${addresses.page}#${capsule}`;
  const iframe = `<iframe src="${origin}${addresses.embed}#${capsule}" title="${t('title')}" width="100%" height="720" loading="lazy"></iframe>`;

  return (
    <div className="lab-share">
      <ReadOnlyField label={t('labFrame.share.link')} value={link} />
      <ReadOnlyField label={t('labFrame.share.embed')} value={iframe} />
      <div className="lab-share-files">
        {exports().map((file) => (
          <Button key={file.filename} onClick={() => download(file)}>
            {t('labFrame.share.export', { filename: file.filename })}
          </Button>
        ))}
      </div>
    </div>
  );
}

function ReadOnlyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  return (
    <div className="lab-share-field">
      <label htmlFor={id}>{label}</label>
      <input id={id} readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
      <CopyButton text={value} label={label} />
    </div>
  );
}

function download(file: LabExport): void {
  const content = typeof file.content === 'string' ? file.content : new Uint8Array(file.content);
  const url = URL.createObjectURL(new Blob([content], { type: file.mediaType }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = file.filename;
  anchor.click();
  URL.revokeObjectURL(url);
}
