import { transmissionInterval } from './interval';

/** What a timer begins with. */
export type ReportTimerOptions = {
  nowMs: number;
  rtcpOctetsPerSecond: number;
  /** Likely size of the first datagram, with the headers of UDP and IP. */
  firstDatagramOctets: number;
  /** Chance: a number in [0, 1) each time. */
  random: () => number;
  minimumSeconds?: number;
};

/**
 * When to send the next report (RFC 3550 §6.3, Appendix A.7): whoever's time has come reckons it again with the members
 * known now, so that many who join at once do not all speak at once. The caller counts members and senders.
 */
export class ReportTimer {
  members = 1;
  senders = 0;
  weSent = false;
  /** When `expire` is to be called; milliseconds. */
  nextMs: number;
  private readonly options: ReportTimerOptions;
  private previousMs: number;
  private previousMembers = 1;
  private averageOctets: number;
  private initial = true;

  constructor(options: ReportTimerOptions) {
    this.options = options;
    this.averageOctets = options.firstDatagramOctets;
    this.previousMs = options.nowMs;
    this.nextMs = options.nowMs + this.drawMs();
  }

  /**
   * The time has come: true if a report of `octets` octets is to be sent now, false if it came too early for the members
   * that are known by now (timer reconsideration, §6.3.6). Both set `nextMs`.
   */
  expire(nowMs: number, octets: number): boolean {
    this.nextMs = this.previousMs + this.drawMs();
    this.previousMembers = this.members;
    if (this.nextMs > nowMs) return false;
    this.weigh(octets);
    this.previousMs = nowMs;
    this.initial = false;
    // Drawn again: the interval that has just proved short is no fair draw.
    this.nextMs = nowMs + this.drawMs();
    return true;
  }

  /** A datagram of RTCP came: its size moves the mean by a sixteenth (§6.3.3). */
  receive(octets: number): void {
    this.weigh(octets);
  }

  /** Members have left: those who remain speak sooner by as much (reverse reconsideration, §6.3.4). */
  leave(members: number, nowMs: number): void {
    this.members = members;
    if (members >= this.previousMembers) return;
    const ratio = members / this.previousMembers;
    this.nextMs = nowMs + ratio * (this.nextMs - nowMs);
    this.previousMs = nowMs - ratio * (nowMs - this.previousMs);
    this.previousMembers = members;
  }

  private weigh(octets: number): void {
    this.averageOctets += (octets - this.averageOctets) / 16;
  }

  private drawMs(): number {
    const { rtcpOctetsPerSecond, minimumSeconds, random } = this.options;
    const { members, senders, weSent, averageOctets, initial } = this;
    const inputs = { members, senders, weSent, averageOctets, initial, rtcpOctetsPerSecond };
    return (
      1000 *
      transmissionInterval(minimumSeconds === undefined ? inputs : { ...inputs, minimumSeconds }, random())
    );
  }
}
