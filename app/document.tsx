import localFont from 'next/font/local';
import Script from 'next/script';
import type { ReactNode } from 'react';
import './globals.css';

// Cut to size by lib/ui/theme/build.mjs. Their @font-face rules are what is wanted: lib/ui/theme/tokens.css names
// the families, for embeds too.
// Never swapped in after the first paint: the fallback stays for that visit and nothing moves.
const literata = localFont({
  src: '../.roundtrip/fonts/literata-latin-wght-normal.woff2',
  weight: '400 700',
  variable: '--font-literata',
  declarations: [{ prop: 'font-family', value: 'Literata Variable' }],
  display: 'optional',
});

/** Of the same family: only its name is used. */
const literataItalic = localFont({
  src: '../.roundtrip/fonts/literata-latin-wght-italic.woff2',
  weight: '400',
  style: 'italic',
  variable: '--font-literata-italic',
  declarations: [{ prop: 'font-family', value: 'Literata Variable' }],
  display: 'optional',
  adjustFontFallback: false,
});

const jetbrainsMono = localFont({
  src: '../.roundtrip/fonts/jetbrains-mono-latin-wght-normal.woff2',
  weight: '400 700',
  variable: '--font-jetbrains-mono',
  declarations: [{ prop: 'font-family', value: 'JetBrains Mono Variable' }],
  display: 'optional',
});

/** Sets the chosen theme before the first paint; without a choice, or without storage, the system's holds. */
const applyStoredTheme = `try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;

/** For lib/ui/early-input.ts, which may come seconds later on a slow line. */
const noteInput = `entered=new WeakSet;addEventListener('click',function(e){lastPressed=e.target},true);addEventListener('input',function(e){entered.add(e.target)},true)`;

/** Next starts in the turn of the event loop after a script of this kind: see instrumentation-client.ts. */
function NextTurn() {
  return (
    <Script id="next-turn" strategy="beforeInteractive">
      {';'}
    </Script>
  );
}

/** The document around every page, the one that says "not found" among them: fonts, styles and theme. */
export function Document({ lang, children }: { lang: string; children: ReactNode }) {
  return (
    <html
      lang={lang}
      className={[literata, literataItalic, jetbrainsMono].map((font) => font.variable).join(' ')}
      suppressHydrationWarning
    >
      <head>
        <script dangerouslySetInnerHTML={{ __html: `${applyStoredTheme};${noteInput}` }} />
      </head>
      <body>
        {children}
        <NextTurn />
      </body>
    </html>
  );
}
