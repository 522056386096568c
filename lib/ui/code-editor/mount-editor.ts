import type { editor } from 'monaco-editor/editor';
import type { Monaco } from './load-monaco';
import { THEME } from './theme';

export type EditorOptions = {
  host: HTMLElement;
  textarea: HTMLTextAreaElement;
  label: string;
  language: string;
  readOnly: boolean;
  extraTypes: string | undefined;
  onChange(value: string): void;
  onTabMode(moves: boolean): void;
};

export type MountedEditor = { setValue(value: string): void; dispose(): void };

let count = 0;

/** Puts Monaco where the text area was, with its text, its caret and its focus. */
export function mountEditor(monaco: Monaco, options: EditorOptions): MountedEditor {
  const { host, textarea } = options;
  const extension = options.language === 'javascript' ? 'js' : 'ts';
  const model = monaco.editor.createModel(
    textarea.value,
    options.language,
    monaco.Uri.parse(`file:///exercise-${++count}/learner.${extension}`),
  );
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  const types = options.extraTypes
    ? monaco.typescriptDefaults.addExtraLib(options.extraTypes, `ts:exercise-${count}.d.ts`)
    : undefined;
  const style = getComputedStyle(textarea);
  const instance = monaco.editor.create(host, {
    model,
    theme: THEME,
    ariaLabel: options.label,
    readOnly: options.readOnly,
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    lineHeight: Number.parseFloat(style.lineHeight),
    padding: { top: Number.parseFloat(style.paddingTop), bottom: Number.parseFloat(style.paddingBottom) },
    tabFocusMode: true,
    automaticLayout: true,
    fixedOverflowWidgets: true,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    wordWrap: 'on',
    lineNumbersMinChars: 3,
    bracketPairColorization: { enabled: false },
    folding: false,
    glyphMargin: false,
    overviewRulerLanes: 0,
    contextmenu: false,
    accessibilitySupport: 'auto',
    scrollbar: { alwaysConsumeMouseWheel: false },
  });
  moveCaret(instance, model, textarea);
  instance.onDidChangeModelContent(() => options.onChange(model.getValue()));
  letTabLeave(monaco, instance, options.onTabMode);
  return {
    setValue(value) {
      if (value === model.getValue()) return;
      // An edit, not a new text: what was there comes back with undo.
      instance.pushUndoStop();
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
      instance.pushUndoStop();
    },
    dispose() {
      types?.dispose();
      instance.dispose();
      model.dispose();
    },
  };
}

function moveCaret(
  instance: editor.IStandaloneCodeEditor,
  model: editor.ITextModel,
  textarea: HTMLTextAreaElement,
): void {
  const start = model.getPositionAt(textarea.selectionStart);
  const end = model.getPositionAt(textarea.selectionEnd);
  instance.setSelection({
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  });
  instance.setScrollTop(textarea.scrollTop);
  if (document.activeElement === textarea) instance.focus();
}

/**
 * Tab moves on unless the learner asked for it to indent (Ctrl+M, on a Mac Ctrl+Shift+M); Escape always gives it
 * back until the editor is left.
 */
function letTabLeave(
  monaco: Monaco,
  instance: editor.IStandaloneCodeEditor,
  onTabMode: (moves: boolean) => void,
): void {
  let wanted = true;
  const show = (moves: boolean) => {
    instance.updateOptions({ tabFocusMode: moves });
    onTabMode(moves);
  };
  const toggle = () => {
    wanted = !wanted;
    show(wanted);
  };
  const mac = /mac/i.test(navigator.platform);
  const key = monaco.KeyCode.KeyM;
  instance.onKeyDown((event) => {
    const isToggle =
      event.keyCode === key && event.ctrlKey && !event.altKey && !event.metaKey && event.shiftKey === mac;
    if (isToggle) {
      event.preventDefault();
      event.stopPropagation();
      toggle();
    } else if (event.keyCode === monaco.KeyCode.Escape) show(true);
  });
  instance.onDidBlurEditorText(() => show(wanted));
}
