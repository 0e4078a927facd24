/** What somebody was sent to do beside the vessel and has not reported yet: from my own actions and the reports so far. */
import type { Desk } from "./desk";

export interface Errand {
  readonly station: string;
  readonly verb: string;
  readonly argument: string;
  readonly sent: number;
  readonly due: number;
}

/** Those under way, the next to report first. */
export function errands(desk: Desk): readonly Errand[] {
  const reported = desk.story.reports.map(({ station, fact, time }) => ({ station, verb: String(fact.detail?.verb ?? ""), time }));
  const open: Errand[] = [];
  for (const { input, answer } of desk.lines.value) {
    if (input.kind !== "field_action" || answer.type !== "ack") continue;
    const { station, verb, argument = "" } = input;
    const due = answer.time + (desk.index.station.get(station)?.verbs.find((one) => one.verb === verb)?.duration ?? 0);
    const done = reported.findIndex((one) => one.station === station && one.verb === verb && Math.abs(one.time - due) <= SLACK);
    if (done >= 0) reported.splice(done, 1);
    else open.push({ station, verb, argument, sent: answer.time, due });
  }
  return open.sort((a, b) => a.due - b.due);
}

/** A report comes at the end of a tick, at most a minute long. */
const SLACK = 60_000;
