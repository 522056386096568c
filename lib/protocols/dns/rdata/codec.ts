import type { Cursor } from '../cursor';
import type { MessageWriter } from '../message-writer';

/** How the data of one type of record is read and written. The cursor's end is the data's end. */
export type RdataCodec<D> = {
  read(cursor: Cursor): D;
  write(writer: MessageWriter, data: D): void;
};
