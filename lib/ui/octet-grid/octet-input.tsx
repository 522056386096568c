'use client';
import { useState } from 'react';

/** Two hex digits. Takes effect once both are there; leaving it puts the value back. */
export function OctetInput(props: { label: string; value: number; onChange(value: number): void }) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      type="text"
      aria-label={props.label}
      className="min-h-7 w-[4ch] border-b border-rule-strong bg-transparent text-center font-mono text-xs text-ink focus:border-ink pointer-coarse:min-h-11"
      value={draft ?? props.value.toString(16).padStart(2, '0')}
      maxLength={2}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        if (/^[0-9a-f]{2}$/i.test(text)) props.onChange(Number.parseInt(text, 16));
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
