/**
 * The course's faces, cut to what it sets: the weights in use, and the Latin that fontsource's Latin files cover.
 * `node lib/ui/theme/build.mjs` writes .roundtrip/fonts. A first visit waits for these octets before it shows
 * text in them, and whole they are 146 kB.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import subsetFont from 'subset-font';

const root = path.resolve(import.meta.dirname, '../../..');
const packages = path.join(root, 'node_modules/@fontsource-variable');
const outDir = path.join(root, '.roundtrip/fonts');

/** Italics are set at one weight only. */
const faces = [
  { family: 'literata', file: 'latin-wght-normal', wght: { min: 400, max: 700 } },
  { family: 'literata', file: 'latin-wght-italic', wght: 400 },
  { family: 'jetbrains-mono', file: 'latin-wght-normal', wght: { min: 400, max: 700 } },
];

/** Every character of a range such as `U+0000-00FF,U+0131`. @param {string} ranges */
function charactersOf(ranges) {
  return ranges
    .split(',')
    .flatMap((range) => {
      const [first = 0, last = first] = range
        .replace('U+', '')
        .split('-')
        .map((digits) => parseInt(digits, 16));
      return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));
    })
    .join('');
}

mkdirSync(outDir, { recursive: true });
for (const { family, file, wght } of faces) {
  const unicode = JSON.parse(readFileSync(path.join(packages, family, 'unicode.json'), 'utf8'));
  const whole = readFileSync(path.join(packages, family, `files/${family}-${file}.woff2`));
  const cut = await subsetFont(whole, charactersOf(unicode.latin), {
    targetFormat: 'woff2',
    variationAxes: { wght },
  });
  writeFileSync(path.join(outDir, `${family}-${file}.woff2`), cut);
}
