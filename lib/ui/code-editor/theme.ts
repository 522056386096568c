import type { Monaco } from './load-monaco';

export const THEME = 'roundtrip';

/** Monaco wants `#rrggbb`; the tokens are `light-dark()`: an element's computed colour knows which half holds. */
function readToken(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const channels =
    getComputedStyle(probe)
      .color.match(/[\d.]+/g)
      ?.map(Number) ?? [];
  probe.remove();
  return channels
    .slice(0, 3)
    .map((channel) => Math.round(channel).toString(16).padStart(2, '0'))
    .join('');
}

function defineTheme(monaco: Monaco): void {
  const paper = readToken('--paper-raised');
  const colour = (name: string) => `#${readToken(name)}`;
  const rule = (token: string, name: string, fontStyle = '') => ({
    token,
    foreground: readToken(name),
    fontStyle,
  });
  const dark = Number.parseInt(paper.slice(0, 2), 16) < 128;
  monaco.editor.defineTheme(THEME, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', '--ink'),
      rule('comment', '--ink-soft', 'italic'),
      rule('keyword', '--layer-security'),
      rule('string', '--layer-ip'),
      rule('number', '--layer-http'),
      rule('type', '--layer-application'),
      rule('identifier', '--ink'),
      rule('delimiter', '--ink-soft'),
    ],
    colors: {
      'editor.background': colour('--paper-raised'),
      'editor.foreground': colour('--ink'),
      'editorLineNumber.foreground': colour('--ink-soft'),
      'editorLineNumber.activeForeground': colour('--ink'),
      'editor.selectionBackground': colour('--layer-transport-soft'),
      'editor.lineHighlightBackground': colour('--paper-sunk'),
      'editor.lineHighlightBorder': colour('--paper-sunk'),
      'editorCursor.foreground': colour('--accent'),
      'editorWidget.background': colour('--paper-raised'),
      'editorWidget.border': colour('--rule-strong'),
      'editorSuggestWidget.background': colour('--paper-raised'),
      'editorSuggestWidget.selectedBackground': colour('--layer-transport-soft'),
      'editorSuggestWidget.selectedForeground': colour('--ink'),
      'editorHoverWidget.background': colour('--paper-raised'),
      'editorError.foreground': colour('--bad'),
      'editorWarning.foreground': colour('--warn'),
      focusBorder: colour('--focus'),
    },
  });
  monaco.editor.setTheme(THEME);
}

/** Keeps the theme with the page's: the system's setting, and the switch that writes data-theme. */
export function watchTheme(monaco: Monaco): void {
  const refresh = () => defineTheme(monaco);
  refresh();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', refresh);
  matchMedia('(prefers-contrast: more)').addEventListener('change', refresh);
  new MutationObserver(refresh).observe(document.documentElement, {
    attributeFilter: ['data-theme', 'data-contrast'],
  });
}
