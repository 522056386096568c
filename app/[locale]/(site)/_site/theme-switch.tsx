'use client';
import { useEffect, useRef, useState } from 'react';
import { useText } from '@/lib/text';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem('theme');
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Light, dark, or what the system says. Kept in this browser only; without storage, for this visit. */
export function ThemeSwitch() {
  const t = useText();
  const [theme, setTheme] = useState<Theme>('system');
  const field = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    // The server draws "system": another choice was made before this script came.
    const chosen = field.current?.value as Theme;
    if (chosen === 'system') setTheme(storedTheme());
    else choose(chosen);
  }, []);

  function choose(next: Theme) {
    setTheme(next);
    if (next === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = next;
    try {
      if (next === 'system') localStorage.removeItem('theme');
      else localStorage.setItem('theme', next);
    } catch {
      // Storage is blocked: the choice holds until the page is left.
    }
  }

  return (
    <label className="theme-switch">
      <span>{t('site.theme.label')}</span>
      {/* Without autoComplete="off", a page one comes back to would bring its old theme along. */}
      <select
        ref={field}
        autoComplete="off"
        value={theme}
        onChange={(event) => choose(event.currentTarget.value as Theme)}
      >
        {themes.map((value) => (
          <option key={value} value={value}>
            {t(`site.theme.${value}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
