/** What a sampling point may honestly say now: a reading, a plate that lies, one that incubates, a count that was read. */
import type { Fact, SamplingPoint } from "../protocol";
import type { Desk } from "./desk";
import { reading } from "./reading";

export type PointState = "reading" | "laid" | "incubating" | "read" | "told" | "due" | "unknown";

export interface Known {
  readonly state: PointState;
  /** The count or reading, SI; null where none is known. */
  readonly value: number | null;
  /** When the plate was laid, sampled, or the check reported, ms; for one that incubates, when it will be read. */
  readonly time: number;
  readonly grade: "plain" | "alert" | "action";
  readonly words: string;
}

const told = (fact: Fact, verb: string): boolean => fact.kind === "field_report" && fact.detail?.verb === verb;

/** A colony count is whole. */
export const colonies = (value: number): number => Math.floor(value);

export function known(desk: Desk, point: SamplingPoint): Known {
  if (point.instrument >= 0) return live(desk, point);
  if (point.analyte) return plate(desk, point);
  if (point.verb) return checked(desk, point);
  return { state: "unknown", value: null, time: 0, grade: "plain", words: point.note };
}

function live(desk: Desk, point: SamplingPoint): Known {
  const { value } = reading(desk.index, desk.frame.value, point.instrument);
  return { state: "reading", value, time: desk.frame.value?.time ?? 0, grade: grade(point, value), words: "" };
}

/** The last plate: read, incubating, or still lying in the air. */
function plate(desk: Desk, point: SamplingPoint): Known {
  const { story } = desk;
  const analyser = desk.index.analyte.get(point.analyte)?.analyser.address;
  const waiting = story.pending.findLast((one) => one.analyser === analyser);
  const laid = story.facts.findLast((fact) => told(fact, point.laid))?.time ?? 0;
  const result = story.latest.get(point.analyte);
  if (waiting && waiting.taken >= (result?.sampled ?? -1)) return { state: "incubating", value: null, time: waiting.due, grade: "plain", words: "" };
  if (result && result.sampled >= laid) {
    const count = colonies(result.value);
    return { state: "read", value: count, time: result.sampled, grade: grade(point, count), words: "" };
  }
  return { state: "laid", value: null, time: laid, grade: "plain", words: "" };
}

function checked(desk: Desk, point: SamplingPoint): Known {
  const report = desk.story.facts.findLast((fact) => fact.subject === point.station && told(fact, point.verb));
  if (!report) return { state: "due", value: null, time: 0, grade: "plain", words: "" };
  return { state: "told", value: null, time: report.time, grade: "plain", words: String(report.detail?.[desk.language] ?? "") };
}

function grade({ alert, action }: SamplingPoint, value: number | null): Known["grade"] {
  if (value === null) return "plain";
  if (action !== null && value > action) return "action";
  return alert !== null && value > alert ? "alert" : "plain";
}
