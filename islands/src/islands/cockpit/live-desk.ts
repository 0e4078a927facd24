/** The desk of a live seat: one store, one client, and the words for what the host answers. */
import { computed, effect, signal, type Signal } from "@preact/signals-core";
import type { Console, Entry, OperatorInput } from "../../protocol";
import type { Language } from "../../show/format";
import { t } from "../../show/strings";
import { pacesWith, Screen, type Desk, type Notice, type Until } from "../../state/desk";
import { Store, type Line } from "../../state/store";
import { Client, type Answered } from "../../wire/client";
import { Golden, httpHistory } from "../../wire/history";
import { cookie, pollOpener, socketOpener } from "../../wire/link";

export interface Seat {
  readonly session: string;
  readonly socket: string;
  readonly base: string;
  readonly seat: string;
  /** Where the plant's golden band is read; empty if it has none. */
  readonly golden: string;
  /** Why the debrief stays closed when the flight ends, and where the flight belongs; empty if it opens. */
  readonly seal: Omit<Notice, "bad"> | null;
  /** The scenario's own speed. */
  readonly speed: number;
}

export interface LiveDesk extends Desk {
  start(): void;
  stop(): void;
}

/** My actions of before this page, newest first: the host's facts do not say who acted, its journal does. */
async function journal(base: string): Promise<readonly Line[]> {
  const answer = await fetch(`${base}journal`, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`the journal answered ${answer.status}`);
  const entries = (await answer.json()) as readonly Entry[];
  return entries.map(({ number, time, input }): Line => ({ input, answer: { type: "ack", id: "", number, time } })).reverse();
}

export function liveDesk(console: Console, { session, socket, base, seat, golden, speed, seal }: Seat): LiveDesk {
  const store = new Store(console, () => { client.resume(); }, speed);
  const client = new Client({
    socket: socketOpener(socket),
    poll: pollOpener({ base, after: () => store.lastSeq, token: () => cookie("csrftoken") }),
    after: () => store.lastSeq,
    receive: (message) => { store.receive(message); },
    connection: (state) => { store.connection.value = state; },
  });
  const screen = new Screen();
  const mayCommand = computed(() => store.welcome.value?.may_command ?? false) as Signal<boolean>;
  const told = (answer: Answered): Answered => {
    if (answer.type === "refused") screen.notice.value = { text: answer.text, bad: true };
    return answer;
  };
  let awaited: Until | undefined;
  const run = (speed: number, until?: Until): void => {
    awaited = until;
    void client.ask({ type: "run", speed, until: until?.until ?? "", until_time: until?.time ?? 0 }).then(told);
  };
  const stopping: (() => void)[] = [];
  return {
    console, screen, session, seat, base, mayCommand,
    index: store.index, language: console.language as Language, mode: "live",
    frame: store.frame, clock: store.clock, connection: store.connection, lines: store.lines, pace: store.pace, paces: pacesWith(speed),
    get story() { return store.story; },
    recent: store.recent,
    runs: new Map([["mine", httpHistory(base)]]),
    golden: golden ? new Golden(golden) : null,
    async command(input: OperatorInput) {
      const answer = await client.ask({ type: "command", input });
      store.note(input, answer);
      return told(answer);
    },
    freeze() { void client.ask({ type: "freeze" }).then(told); },
    run,
    resume() { run(store.pace.peek(), store.clock.peek().reason === "until" ? undefined : awaited); },
    start() {
      client.start();
      journal(base).then((kept) => { store.journaled(kept); }, () => { screen.notice.value = { text: t("Your actions before now could not be read; those to come are listed."), bad: true }; });
      stopping.push(effect(() => { notices(store, screen, seal); }));
    },
    stop() {
      client.stop();
      for (const stop of stopping) stop();
    },
  };
}

const shown = signal(0);
const STOPS: Readonly<Record<string, { readonly words: string; readonly bad: boolean }>> = {
  restart: { words: "The simulator restarted. The clock is frozen at the last saved moment; nothing acknowledged was lost. Resume when you are ready.", bad: false },
  error: { words: "The simulation met an error and is frozen; the journal is kept. Open the debrief to re-fly from an earlier moment.", bad: true },
  lease: { words: "The session moved to another host and is frozen. Reload the page to go on.", bad: true },
  ended: { words: "The flight has ended. The debrief shows what you could not see.", bad: false },
  idle: { words: "Nobody was there, so the clock was frozen. Resume when you are ready.", bad: false },
};

/** What the clock's reasons and the host's errors say to the person, once each. */
function notices(store: Store, screen: Screen, seal: Seat["seal"]): void {
  const { reason, seq, running } = store.clock.value;
  const stop = STOPS[reason];
  if (seq < shown.peek()) shown.value = 0;
  if (stop && !running && seq > shown.peek()) {
    shown.value = seq;
    screen.notice.value = reason === "ended" && seal ? { ...seal, text: `${t("The flight has ended.")} ${seal.text}`, bad: false } : { text: t(stop.words), bad: stop.bad };
  }
  if (store.trouble.value) screen.notice.value = { text: store.trouble.value, bad: true };
}
