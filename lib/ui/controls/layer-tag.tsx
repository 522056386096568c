'use client';
import type { ReactNode } from 'react';
import { useText } from '@/lib/text';
import { classNames } from '../class-names';
import { hueClass, type Layer } from '../layer';

/** One pattern a layer, so that the hue is never alone: drawn in an 8 × 8 tile. */
const patterns: Record<Layer, string> = {
  link: 'M0 4h8',
  ip: 'M0 8l8-8M-2 2l4-4M6 10l4-4',
  transport: 'M0 2h8M0 6h8',
  security: 'M0 4h8M4 0v8',
  http: 'M0 0l8 8M0 8l8-8',
  application: 'M2 2h.01M6 6h.01M6 2h.01M2 6h.01',
};

/** A swatch with the layer's pattern in its hue; decoration beside a name. */
export function LayerSwatch({ layer }: { layer: Layer }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 8 8"
      className={classNames('size-3 shrink-0 overflow-hidden bg-(--hue-soft)', hueClass[layer])}
    >
      <path d={patterns[layer]} strokeLinecap="round" className="fill-none stroke-(--hue) stroke-[1.4]" />
    </svg>
  );
}

/** The name of a layer with its hue and pattern. `children` replace the name. */
export function LayerTag({ layer, children }: { layer: Layer; children?: ReactNode }) {
  const t = useText();
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 self-center border-b-2 border-(--hue) pb-px text-xs tracking-wide whitespace-nowrap text-(--hue)',
        hueClass[layer],
      )}
    >
      <LayerSwatch layer={layer} />
      {children ?? t(`visualiser.layers.${layer}`)}
    </span>
  );
}

/** A word or number in a hairline frame. */
export function Badge({
  children,
  tone = 'plain',
}: {
  children: ReactNode;
  tone?: 'plain' | 'good' | 'bad' | 'warn';
}) {
  const tones = {
    plain: 'border-rule-strong text-ink-soft',
    good: 'border-good text-good',
    bad: 'border-bad text-bad',
    warn: 'border-warn text-warn',
  };
  return (
    <span
      className={classNames(
        'inline-flex items-center self-center rounded-sm border px-1.5 font-mono text-xs leading-5 whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
