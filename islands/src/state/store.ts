/**
 * The one store: what the host said, in order, once.
 *
 * 1. A reliable message is taken if its `seq` is the next one; a known one is dropped; a hole asks for a resumption.
 * 2. A frame replaces the last one, unless it is older.
 */
import { signal, type Signal } from "@preact/signals-core";
import type { Ack, Clock, Console, Frame, HostMessage, Input, Refused, Welcome } from "../protocol";
import type { Connection } from "../wire/client";
import { Index } from "./index";
import { Story } from "./story";

/** One of my own actions: what I asked and what the journal answered. */
export interface Line {
  readonly input: Input;
  readonly answer: Ack | Refused;
}

const KEPT = 4096;
const STOPPED: Clock = { type: "clock", seq: 0, time: 0, running: false, speed: 1, reason: "" };

export class Store {
  readonly console: Console;
  readonly index: Index;
  readonly frame: Signal<Frame | null> = signal(null);
  readonly clock: Signal<Clock> = signal(STOPPED);
  readonly welcome: Signal<Welcome | null> = signal(null);
  readonly connection: Signal<Connection> = signal("connecting");
  readonly trouble: Signal<string> = signal("");
  readonly lines: Signal<readonly Line[]> = signal([]);
  readonly recent: Frame[] = [];
  lastSeq = 0;
  readonly #story: Story;
  readonly #grown = signal(0);
  readonly #resume: () => void;

  constructor(console: Console, resume: () => void) {
    this.console = console;
    this.index = new Index(console);
    this.#resume = resume;
    this.#story = new Story(this.index);
  }

  /** The fold over the facts; reading it inside an effect subscribes to its growth. */
  get story(): Story {
    void this.#grown.value;
    return this.#story;
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case "welcome": this.welcome.value = message; break;
      case "frame": this.#show(message); break;
      case "clock": if (this.#next(message.seq)) this.clock.value = message; break;
      case "fact":
        if (this.#next(message.seq)) {
          this.#story.add(message.fact);
          this.#grown.value += 1;
        }
        break;
      case "error": this.trouble.value = message.text; break;
    }
  }

  /** Remembers my own action, newest first. */
  note(input: Input, answer: Ack | Refused): void {
    this.lines.value = [{ input, answer }, ...this.lines.value];
  }

  #next(seq: number): boolean {
    if (seq <= this.lastSeq) return false;
    if (seq > this.lastSeq + 1) {
      this.#resume();
      return false;
    }
    this.lastSeq = seq;
    return true;
  }

  #show(frame: Frame): void {
    const last = this.frame.peek();
    if (last && frame.time < last.time) return;
    this.frame.value = frame;
    if (last && frame.time === last.time) return;
    this.recent.push(frame);
    if (this.recent.length > KEPT) this.recent.splice(0, KEPT / 4);
  }
}
