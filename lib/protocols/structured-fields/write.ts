import { StructuredFieldError } from './errors';
import {
  isInnerList,
  type BareItem,
  type Dictionary,
  type Item,
  type List,
  type Member,
  type Parameters,
} from './types';

/** An Item as a field value (RFC 9651 §4.1.3). @throws StructuredFieldError SF_NOT_WRITABLE */
export function writeItem({ bare, params }: Item): string {
  return writeBareItem(bare) + writeParameters(params);
}

/** A List as a field value (§4.1.1). An empty one gives '': the field is then left out. @throws StructuredFieldError */
export function writeList(list: List): string {
  return list.map(writeMember).join(', ');
}

/** A Dictionary as a field value (§4.1.2); an empty one gives ''. @throws StructuredFieldError */
export function writeDictionary(dictionary: Dictionary): string {
  return Array.from(dictionary, ([key, member]) => {
    const isTrue = !isInnerList(member) && member.bare.type === 'boolean' && member.bare.value;
    return writeKey(key) + (isTrue ? writeParameters(member.params) : `=${writeMember(member)}`);
  }).join(', ');
}

function writeMember(member: Member): string {
  if (!isInnerList(member)) return writeItem(member);
  return `(${member.items.map(writeItem).join(' ')})${writeParameters(member.params)}`;
}

function writeParameters(params: Parameters): string {
  return Array.from(params, ([key, bare]) => {
    const isTrue = bare.type === 'boolean' && bare.value;
    return `;${writeKey(key)}${isTrue ? '' : `=${writeBareItem(bare)}`}`;
  }).join('');
}

function writeKey(key: string): string {
  if (!/^[a-z*][a-z0-9_\-.*]*$/.test(key)) refuse(key, 'a key');
  return key;
}

/** §4.1.3.1 */
function writeBareItem(bare: BareItem): string {
  switch (bare.type) {
    case 'integer':
      return writeInteger(bare.value);
    case 'decimal':
      return writeDecimal(bare.value);
    case 'date':
      return `@${writeInteger(bare.value)}`;
    case 'string':
      if (!/^[\x20-\x7e]*$/.test(bare.value)) refuse(bare.value, 'visible ASCII');
      return `"${bare.value.replace(/["\\]/g, '\\$&')}"`;
    case 'token':
      if (!/^[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*$/.test(bare.value)) refuse(bare.value, 'a token');
      return bare.value;
    case 'binary':
      return `:${btoa(Array.from(bare.value, (octet) => String.fromCharCode(octet)).join(''))}:`;
    case 'boolean':
      return bare.value ? '?1' : '?0';
    case 'display-string':
      return writeDisplayString(bare.value);
  }
}

/** §4.1.4 */
function writeInteger(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) > 999_999_999_999_999)
    refuse(String(value), 'at most 15 digits');
  return String(value === 0 ? 0 : value);
}

/** §4.1.5: three digits behind the point at most, the last rounded to even, at least one. */
function writeDecimal(value: number): string {
  const text = roundedToThousandths(value);
  if (text === undefined || text.replace('-', '').split('.')[0]!.length > 12)
    return refuse(String(value), 'at most 12 digits before the point');
  return text;
}

/** Rounds by the digits that the number is written with, since 0.0025 × 1000 is not quite 2.5. */
function roundedToThousandths(value: number): string | undefined {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return undefined;
  const [whole = '0', fraction = ''] = plainDigits(Math.abs(value)).split('.');
  const kept = BigInt(whole + fraction.slice(0, 3).padEnd(3, '0'));
  const rest = fraction.slice(3);
  const isHalf = /^50*$/.test(rest);
  const up = rest !== '' && rest[0]! >= '5' && (!isHalf || kept % 2n === 1n);
  const thousandths = up ? kept + 1n : kept;
  const sign = value < 0 && thousandths > 0n ? '-' : '';
  const digits = String(thousandths).padStart(4, '0');
  return `${sign}${digits.slice(0, -3)}.${digits.slice(-3).replace(/0{1,2}$/, '')}`;
}

/** Small numbers come as 1e-7; those are nothing here. */
function plainDigits(value: number): string {
  const text = String(value);
  return text.includes('e') ? '0' : text;
}

/** §4.1.11 */
function writeDisplayString(value: string): string {
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value))
    refuse(value, 'whole characters');
  let text = '';
  for (const octet of new TextEncoder().encode(value)) {
    const isPlain = octet >= 0x20 && octet <= 0x7e && octet !== 0x22 && octet !== 0x25;
    text += isPlain ? String.fromCharCode(octet) : `%${octet.toString(16).padStart(2, '0')}`;
  }
  return `%"${text}"`;
}

function refuse(seen: string, expected: string): never {
  throw new StructuredFieldError('SF_NOT_WRITABLE', 0, JSON.stringify(seen.slice(0, 40)), expected);
}
