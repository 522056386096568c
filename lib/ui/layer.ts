/** The six layers that have a hue. The name of one is the message `visualiser.layers.<layer>`. */
export type Layer = 'link' | 'ip' | 'transport' | 'security' | 'http' | 'application';

/** All layers, lowest first. */
export const LAYERS: readonly Layer[] = ['link', 'ip', 'transport', 'security', 'http', 'application'];

/**
 * Classes that set `--hue` and `--hue-soft` for everything inside an element: `stroke-(--hue)`,
 * `bg-(--hue-soft)`. Written out, because Tailwind reads class names from the source.
 */
export const hueClass: Record<Layer, string> = {
  link: '[--hue:var(--layer-link)] [--hue-soft:var(--layer-link-soft)]',
  ip: '[--hue:var(--layer-ip)] [--hue-soft:var(--layer-ip-soft)]',
  transport: '[--hue:var(--layer-transport)] [--hue-soft:var(--layer-transport-soft)]',
  security: '[--hue:var(--layer-security)] [--hue-soft:var(--layer-security-soft)]',
  http: '[--hue:var(--layer-http)] [--hue-soft:var(--layer-http-soft)]',
  application: '[--hue:var(--layer-application)] [--hue-soft:var(--layer-application-soft)]',
};

/** Series of a chart that belong to no layer take these in turn; the order keeps neighbours far apart. */
const seriesHues: readonly string[] = [
  hueClass.transport,
  hueClass.http,
  hueClass.ip,
  hueClass.security,
  hueClass.application,
  hueClass.link,
  '[--hue:var(--ink)] [--hue-soft:var(--paper-sunk)]',
  '[--hue:var(--ink-soft)] [--hue-soft:var(--paper-sunk)]',
];

/** The hue of a layer, or of the nth of several equal things (from 0, repeats after eight). */
export function hueOf(layerOrIndex: Layer | number): string {
  if (typeof layerOrIndex !== 'number') return hueClass[layerOrIndex];
  return seriesHues[layerOrIndex % seriesHues.length] ?? hueClass.transport;
}
