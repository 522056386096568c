// Structured field values (RFC 9651, which obsoletes RFC 8941). What is real and what is left out: MODEL.md.
export { StructuredFieldError, type StructuredFieldErrorCode } from './errors';
export { MAX_FIELD_CHARACTERS } from './scanner';
export { parseDictionary, parseItem, parseList } from './parse';
export { writeDictionary, writeItem, writeList } from './write';
export { isInnerList } from './types';
export type { BareItem, Dictionary, InnerList, Item, List, Member, Parameters } from './types';
