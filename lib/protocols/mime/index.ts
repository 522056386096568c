/** MIME types (WHATWG MIME Sniffing §4), data: URLs (Fetch §6) and forgiving base64 (Infra §4.7). */
export { decodeForgivingBase64, encodeBase64 } from './base64';
export { parseDataUrl } from './data-url';
export type { DataUrl } from './data-url';
export { extractMimeType } from './extract';
export { groupsOf, minimiseMimeType } from './groups';
export type { MimeGroup } from './groups';
export { essenceOf, parseMimeType, writeMimeType } from './mime-type';
export type { MimeType } from './mime-type';
