import {
  CODE_ALPHABET,
  CODE_LENGTH,
  isCode,
  tidyCode,
  type FromSignaling,
  type SignalingRefusal,
  type ToSignaling,
} from '@/lib/labs/live-peers/signaling-messages';
import { createTokenBuckets } from '../rate-limit/token-bucket';

/**
 * A code is one of 32^6, about a thousand million. With every room open and waiting, a guess is right once in a
 * million times, and all strangers together have two guesses a second after the first two hundred: a week for one room, which
 * lives ten minutes.
 */
export const SIGNALING_LIMITS = {
  rooms: 1_000,
  roomLifetimeMs: 10 * 60_000,
  /** Of one room, both ways: an exchange has some twenty, a learner who tries all breaks some four hundred. */
  signals: 2_000,
  joinsOfAddress: { burst: 60, perSecond: 0.5, maxKeys: 20_000 },
  joins: { burst: 200, perSecond: 2, maxKeys: 1 },
  opensOfAddress: { burst: 120, perSecond: 1, maxKeys: 20_000 },
} as const;

/** Somebody with a connection. */
export type Visitor = { address: string; send(message: FromSignaling): void };

/** A visitor's connection, as the rooms see it. */
export type Visit = { receive(message: ToSignaling | undefined): void; leave(): void };

type Room = { code: string; openedMs: number; signals: number; seats: [Visitor, Visitor | undefined] };

type World = {
  nowMs(): number;
  /** A whole number from 0 to below `count`, that nobody can foresee. */
  randomBelow(count: number): number;
};

/**
 * Rooms for two: whoever opens one gets a code, whoever has the code takes the other seat, and what one says the other
 * hears. In memory; a room ends when either leaves or its time is over. Nothing of who sits there is passed on.
 */
export function createRooms({ nowMs, randomBelow }: World, limits = SIGNALING_LIMITS) {
  const rooms = new Map<string, Room>();
  const joinsOfAddress = createTokenBuckets(limits.joinsOfAddress);
  const joins = createTokenBuckets(limits.joins);
  const opensOfAddress = createTokenBuckets(limits.opensOfAddress);

  const createCode = (): string => {
    const letters = Array.from(
      { length: CODE_LENGTH },
      () => CODE_ALPHABET[randomBelow(CODE_ALPHABET.length)],
    );
    const code = letters.join('');
    return rooms.has(code) ? createCode() : code;
  };
  /** Rooms are in the order in which they were opened. */
  const endOldRooms = () => {
    for (const room of rooms.values()) {
      if (room.openedMs + limits.roomLifetimeMs > nowMs()) return;
      end(room);
    }
  };
  const end = (room: Room, leaver?: Visitor) => {
    rooms.delete(room.code);
    for (const visitor of room.seats)
      if (visitor !== leaver) visitor?.send({ v: 1, type: 'signaling:peer-left' });
  };

  return {
    /** How many rooms there are; for tests. */
    get count() {
      return rooms.size;
    },
    enter(visitor: Visitor): Visit {
      let room: Room | undefined;
      const refuse = (reason: SignalingRefusal) => visitor.send({ v: 1, type: 'signaling:refused', reason });
      const leave = () => {
        if (room && rooms.get(room.code) === room) end(room, visitor);
        room = undefined;
      };
      const open = () => {
        leave();
        if (opensOfAddress.take(visitor.address, nowMs()) > 0) return refuse('too-many-tries');
        if (rooms.size >= limits.rooms) return refuse('too-many-rooms');
        room = { code: createCode(), openedMs: nowMs(), signals: 0, seats: [visitor, undefined] };
        rooms.set(room.code, room);
        visitor.send({ v: 1, type: 'signaling:opened', code: room.code, lifetimeMs: limits.roomLifetimeMs });
      };
      const join = (typed: string) => {
        leave();
        // Both are asked, so that an address that is out of tries costs the others none.
        if (joinsOfAddress.take(visitor.address, nowMs()) > 0) return refuse('too-many-tries');
        if (joins.take('', nowMs()) > 0) return refuse('too-many-tries');
        const code = tidyCode(typed);
        const found = isCode(code) ? rooms.get(code) : undefined;
        if (!found || found.seats[1]) return refuse('no-room');
        room = found;
        room.seats[1] = visitor;
        visitor.send({ v: 1, type: 'signaling:joined' });
        room.seats[0].send({ v: 1, type: 'signaling:peer-joined' });
      };
      const relay = (signal: unknown) => {
        if (!room || rooms.get(room.code) !== room) return refuse('no-room');
        if (++room.signals > limits.signals) return refuse('too-many-signals');
        const other = room.seats.find((seat) => seat !== visitor);
        other?.send({ v: 1, type: 'signaling:received', signal });
      };
      return {
        receive(message) {
          endOldRooms();
          if (!message) refuse('malformed');
          else if (message.type === 'signaling:open') open();
          else if (message.type === 'signaling:join') join(message.code);
          else relay(message.signal);
        },
        leave,
      };
    },
  };
}
