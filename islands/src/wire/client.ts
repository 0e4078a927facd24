/**
 * One connection for the whole page.
 *
 * 1. Every (re)connection begins with `hello`, which names the last reliable message seen: nothing is missed or doubled.
 * 2. A command keeps its id until it is answered; it is sent again after a reconnection and after a silence.
 * 3. Three failed WebSocket attempts within ten seconds: long polling, until that fails too. An attempt has failed if it
 *    ends before `welcome`: some proxies accept the upgrade, then drop the line.
 * 4. Waiting between attempts grows and is jittered, so that a class does not come back as one wave.
 */
import { VERSION, type Ack, type ClientMessage, type Command, type Freeze, type HostMessage, type Refused, type Run } from "../protocol";
import type { Link, Listener, Opener } from "./link";

export type Connection = "connecting" | "live" | "polling" | "offline";
export type Answered = Ack | Refused;
export type Asked = Omit<Command, "id"> | Omit<Freeze, "id"> | Omit<Run, "id">;

export interface ClientSettings {
  readonly socket: Opener;
  readonly poll: Opener;
  readonly after: () => number;
  readonly receive: (message: HostMessage) => void;
  readonly connection: (state: Connection) => void;
  readonly random?: () => number;
  readonly now?: () => number;
}

interface Waiting {
  readonly message: ClientMessage;
  readonly resolve: (answer: Answered) => void;
  sent: number;
}

const FAILURES = 3;
const FAILURE_WINDOW = 10_000;
const SILENCE = 4_000;
const LONGEST_WAIT = 10_000;

export class Client {
  #settings: ClientSettings;
  #link: Link | undefined;
  #waiting = new Map<string, Waiting>();
  #failures: number[] = [];
  #attempts = 0;
  #polling = false;
  #stopped = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
  }

  start(): void {
    this.#stopped = false;
    this.#watch ??= setInterval(() => { this.#resend(SILENCE); }, 1_000);
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#link?.close();
  }

  /** Sends a command and resolves with its one answer, however many times the line drops meanwhile. */
  ask(asked: Asked): Promise<Answered> {
    const message = { ...asked, id: newId() } as ClientMessage & { id: string };
    return new Promise((resolve) => {
      this.#waiting.set(message.id, { message, resolve, sent: this.#now() });
      this.#link?.send(message);
    });
  }

  /** The store saw a hole in the sequence: come back and ask for the rest. */
  resume(): void {
    this.#attempts = 0;
    this.#link?.close();
  }

  #now(): number {
    return (this.#settings.now ?? Date.now)();
  }

  #connect(): void {
    this.#settings.connection("connecting");
    const polling = this.#polling;
    let welcomed = false;
    const listener: Listener = {
      opened: () => {
        if (polling) this.#attempts = 0;
        this.#link?.send({ type: "hello", version: VERSION, after: this.#settings.after() });
        this.#settings.connection(polling ? "polling" : "live");
        this.#resend(0);
      },
      message: (message) => {
        if (message.type === "welcome") {
          welcomed = true;
          this.#attempts = 0;
        }
        this.#receive(message);
      },
      closed: () => { this.#closed(polling, welcomed); },
    };
    this.#link = (polling ? this.#settings.poll : this.#settings.socket)(listener);
  }

  #closed(polling: boolean, welcomed: boolean): void {
    this.#link = undefined;
    if (this.#stopped) return;
    this.#settings.connection("offline");
    if (polling) {
      this.#polling = false;
      this.#failures = [];
    } else if (!welcomed) {
      const now = this.#now();
      this.#failures = [...this.#failures.filter((at) => now - at < FAILURE_WINDOW), now];
      this.#polling = this.#failures.length >= FAILURES;
    }
    const random = this.#settings.random ?? Math.random;
    const wait = Math.min(LONGEST_WAIT, 250 * 2 ** this.#attempts) * (0.5 + random());
    this.#attempts += 1;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => { this.#connect(); }, this.#polling ? 0 : wait);
  }

  #receive(message: HostMessage): void {
    if (message.type === "ack" || message.type === "refused") {
      this.#waiting.get(message.id)?.resolve(message);
      this.#waiting.delete(message.id);
    }
    this.#settings.receive(message);
  }

  #resend(silence: number): void {
    const now = this.#now();
    for (const waiting of this.#waiting.values()) {
      if (!this.#link || now - waiting.sent < silence) continue;
      waiting.sent = now;
      this.#link.send(waiting.message);
    }
  }
}

/** 32 hexadecimal digits; `randomUUID` exists only in secure contexts and a class may be on a plain LAN. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
