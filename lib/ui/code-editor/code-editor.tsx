'use client';
import { useEffect, useId, useRef, useState } from 'react';
import type { MountedEditor } from './mount-editor';

/** Texts come from the caller: lib/ui does not know the catalogue. */
export type CodeEditorProps = {
  value: string;
  onChange(value: string): void;
  language?: 'typescript' | 'javascript';
  /** The accessible name. */
  label: string;
  readOnly?: boolean;
  /** Declarations that the code may use, as a .d.ts text. */
  extraTypes?: string;
  /** How many lines are visible; the height never changes, whichever editor stands in it. */
  rows?: number;
  /** What Tab does: said below the editor once Monaco is in place; its room is kept from the start. */
  tabHint: { moves: string; indents: string; movesOnMac: string; indentsOnMac: string };
};

type TabMode = 'textarea' | 'moves' | 'indents';

/**
 * The only door to Monaco. A plain text area first, and for ever on touch devices and where Monaco cannot be
 * loaded; when it is focused with a fine pointer at hand, Monaco takes its place with text and caret.
 */
export function CodeEditor(props: CodeEditorProps) {
  const { value, onChange, label, rows = 14, readOnly = false, language = 'typescript' } = props;
  const textarea = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedEditor>(undefined);
  const opening = useRef(false);
  const disposed = useRef(false);
  const change = useRef(onChange);
  const told = useRef<string[]>([]);
  const [mode, setMode] = useState<TabMode>('textarea');
  const hintId = useId();

  useEffect(() => {
    change.current = onChange;
  }, [onChange]);
  useEffect(() => {
    // A text that the editor itself told is not news, even if the next keystroke has overtaken it.
    const at = told.current.indexOf(value);
    if (at >= 0) told.current.splice(0, at + 1);
    else mounted.current?.setValue(value);
  }, [value]);
  useEffect(() => {
    disposed.current = false;
    return () => {
      disposed.current = true;
      mounted.current?.dispose();
      mounted.current = undefined;
      opening.current = false;
      setMode('textarea');
    };
  }, [language, readOnly]);

  const open = async () => {
    if (opening.current || !matchMedia('(pointer: fine)').matches) return;
    opening.current = true;
    try {
      const [{ loadMonaco }, { mountEditor }] = await Promise.all([
        import('./load-monaco'),
        import('./mount-editor'),
      ]);
      const monaco = await loadMonaco();
      if (disposed.current || !host.current || !textarea.current) return;
      // Visible before it is made: a hidden element cannot take the focus over.
      host.current.hidden = false;
      mounted.current = mountEditor(monaco, {
        host: host.current,
        textarea: textarea.current,
        label,
        language,
        readOnly,
        extraTypes: props.extraTypes,
        onChange: (text) => {
          told.current.push(text);
          change.current(text);
        },
        onTabMode: (moves) => setMode(moves ? 'moves' : 'indents'),
      });
      setMode('moves');
    } catch {
      // The text area stays; the next focus tries again.
      opening.current = false;
    }
  };

  const onMac = mode !== 'textarea' && /mac/i.test(navigator.platform);
  const { tabHint } = props;
  const hint = {
    textarea: tabHint.moves,
    moves: onMac ? tabHint.movesOnMac : tabHint.moves,
    indents: onMac ? tabHint.indentsOnMac : tabHint.indents,
  }[mode];

  return (
    <div className="code-editor" style={{ '--rows': rows } as React.CSSProperties}>
      <div className="code-editor-box">
        <textarea
          ref={textarea}
          className="code-editor-text"
          aria-label={label}
          value={value}
          readOnly={readOnly}
          hidden={mode !== 'textarea'}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          onFocus={() => void open()}
          onChange={(event) => onChange(event.target.value)}
        />
        <div
          ref={host}
          className="code-editor-monaco"
          hidden={mode === 'textarea'}
          aria-describedby={hintId}
        />
      </div>
      <p id={hintId} className="code-editor-hint" data-shown={mode !== 'textarea'} aria-live="polite">
        {hint}
      </p>
    </div>
  );
}
