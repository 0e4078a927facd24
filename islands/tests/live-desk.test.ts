import { expect, test, vi } from "vitest";
import { liveDesk } from "../src/islands/cockpit/live-desk";
import type { ClientMessage, Console, HostMessage } from "../src/protocol";
import { useWords } from "../src/show/strings";
import type { Link, Listener } from "../src/wire/link";

const line = vi.hoisted(() => ({ sent: [] as ClientMessage[], listener: undefined as unknown }));

vi.mock("../src/wire/link", () => ({
  cookie: () => "", pollOpener: () => () => ({}),
  socketOpener: () => (listener: Listener): Link => {
    line.listener = listener;
    return { send: (message) => { line.sent.push(message); }, close: () => undefined };
  },
}));
vi.stubGlobal("fetch", () => Promise.resolve(new Response("[]")));

const doc = { language: "en", instruments: [], loops: [], alarms: [], interlocks: [], analysers: [], field: [], questions: [], charts: [], phases: [] } as unknown as Console;
const SEAL = { text: "Closed until the lot is judged.", label: "Back to the lot", address: "/lots/1/" };

function seated(seal: typeof SEAL | null = null) {
  line.sent.length = 0;
  useWords({});
  const desk = liveDesk(doc, { session: "s", socket: "/s", base: "/s/", seat: "", golden: "", speed: 60, seal });
  desk.start();
  const listener = line.listener as Listener;
  const tell = (message: object) => { listener.message(message as HostMessage); };
  listener.opened();
  tell({ type: "welcome", version: 1, session: "s", seat: "s", may_command: true, may_instruct: false, seq: 0, recovered: false });
  let seq = 0;
  const clock = (running: boolean, reason: string, speed = 60) => { tell({ type: "clock", seq: (seq += 1), time: 0, running, speed, reason }); };
  const runs = () => line.sent.filter((one) => one.type === "run").map((one) => ("until" in one ? one.until : ""));
  return { desk, clock, runs };
}

test("an answered question does not forget what was waited for; what has come is not waited for again", () => {
  const { desk, clock, runs } = seated();
  desk.run(60, { until: "result" });
  clock(true, "asked");
  clock(true, "decision", 1);
  desk.resume();
  expect(runs()).toEqual(["result", "result"]);
  clock(false, "until");
  desk.resume();
  expect(runs()).toEqual(["result", "result", ""]);
  desk.stop();
});

test("a leg of a lot that has ended says where to go on, and promises no debrief", () => {
  const { desk, clock } = seated(SEAL);
  clock(false, "ended");
  const notice = desk.screen.notice.value;
  expect(notice?.text).toContain(SEAL.text);
  expect(notice?.text).not.toMatch(/debrief shows/);
  expect(notice?.address).toBe(SEAL.address);
  desk.stop();
});
