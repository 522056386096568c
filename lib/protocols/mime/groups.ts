import { essenceOf, type MimeType } from './mime-type';

/** Groups of MIME types (WHATWG MIME Sniffing §4.6). */
export type MimeGroup =
  | 'image'
  | 'audio-or-video'
  | 'font'
  | 'zip-based'
  | 'archive'
  | 'xml'
  | 'html'
  | 'scriptable'
  | 'javascript'
  | 'json';

const FONTS: ReadonlySet<string> = new Set([
  ...['application/font-cff', 'application/font-off', 'application/font-sfnt', 'application/font-ttf'],
  ...['application/font-woff', 'application/vnd.ms-fontobject', 'application/vnd.ms-opentype'],
]);
const ARCHIVES: ReadonlySet<string> = new Set([
  ...['application/x-rar-compressed', 'application/zip', 'application/x-gzip'],
]);
const JAVASCRIPT: ReadonlySet<string> = new Set([
  ...['application/ecmascript', 'application/javascript', 'application/x-ecmascript'],
  ...['application/x-javascript', 'text/ecmascript', 'text/javascript', 'text/javascript1.0'],
  ...['text/javascript1.1', 'text/javascript1.2', 'text/javascript1.3', 'text/javascript1.4'],
  ...['text/javascript1.5', 'text/jscript', 'text/livescript', 'text/x-ecmascript', 'text/x-javascript'],
]);

/** The groups that a type belongs to; it may be several or none. */
export function groupsOf(mimeType: MimeType): MimeGroup[] {
  const { type, subtype } = mimeType;
  const essence = essenceOf(mimeType);
  const isXml = subtype.endsWith('+xml') || essence === 'text/xml' || essence === 'application/xml';
  const isHtml = essence === 'text/html';
  const membership: Record<MimeGroup, boolean> = {
    image: type === 'image',
    'audio-or-video': type === 'audio' || type === 'video' || essence === 'application/ogg',
    font: type === 'font' || FONTS.has(essence),
    'zip-based': subtype.endsWith('+zip') || essence === 'application/zip',
    archive: ARCHIVES.has(essence),
    xml: isXml,
    html: isHtml,
    scriptable: isXml || isHtml || essence === 'application/pdf',
    javascript: JAVASCRIPT.has(essence),
    json: subtype.endsWith('+json') || essence === 'application/json' || essence === 'text/json',
  };
  return (Object.keys(membership) as MimeGroup[]).filter((group) => membership[group]);
}

/** The shortest type that means the same to a browser (WHATWG MIME Sniffing §4.2, "minimize"). */
export function minimiseMimeType(mimeType: MimeType): string {
  const groups = groupsOf(mimeType);
  const essence = essenceOf(mimeType);
  if (groups.includes('javascript')) return 'text/javascript';
  if (groups.includes('json')) return 'application/json';
  if (essence === 'image/svg+xml') return essence;
  return groups.includes('xml') ? 'application/xml' : essence;
}
