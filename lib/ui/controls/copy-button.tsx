'use client';
import { useState } from 'react';
import { useText } from '@/lib/text';
import { Button } from './button';

/** Copies `text`; says so in its own label, or that the browser refused. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const t = useText();
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  return (
    <Button onClick={() => void copy()} onBlur={() => setState('idle')}>
      <span aria-live="polite">{state === 'idle' ? label : t(`visualiser.copy.${state}`)}</span>
    </Button>
  );
}
