'use client';
import { useState } from 'react';
import { useText } from '@/lib/text';
import { TextField } from '@/lib/ui/controls';

type Props = {
  label: string;
  value: number;
  onChange(value: number): void;
  /** How many bits the field has: the bound of its value. */
  bits: number;
  hint?: string;
  disabled?: boolean;
};

/** The number of one field, decimal or with 0x; what does not fit is said and not taken. */
export function FieldInput({ label, value, onChange, bits, hint, disabled = false }: Props) {
  const t = useText();
  const [draft, setDraft] = useState<string>();
  const max = 2 ** bits - 1;
  const number = draft === undefined ? value : numberOf(draft);
  const fits = number !== undefined && number <= max;
  return (
    <TextField
      onBlur={() => setDraft(undefined)}
      mono
      label={label}
      value={draft ?? String(value)}
      maxLength={12}
      hint={hint}
      disabled={disabled}
      error={fits ? undefined : t('compose.range', { max })}
      onChange={(text) => {
        setDraft(text);
        const entered = numberOf(text);
        if (entered !== undefined && entered <= max) onChange(entered);
      }}
    />
  );
}

function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  return /^(\d+|0x[0-9a-f]+)$/i.test(trimmed) ? Number(trimmed) : undefined;
}
