/**
 * The server's picture, bound to live values. The picture holds structure and addresses; its contract:
 * `data-tag` a value box, `data-loop` what a loop touches, `data-follows` what shows that a symbol is at work,
 * `data-level` a content between `data-bottom` (empty) and `data-top` (full), `data-station` places of the field.
 */
import { decimal, shown } from "../show/format";
import { t } from "../show/strings";
import type { Desk } from "../state/desk";
import { loopState, reading, UNACKNOWLEDGED, type Reading } from "../state/reading";

const STATES = ["alarm-1", "alarm-2", "alarm-3", "alarm-4", "unacknowledged", "limited", "bad", "uncertain", "selected"];
const AT_WORK = 0.003;
const NONE = "\u200b";

/** Attributes are written only when they change: a drawing of 600 nodes is bound four times a second. */
function set(node: Element, name: string, value: string): void {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function write(group: Element, part: string, text: string): void {
  const node = group.querySelector(part);
  if (node && node.textContent !== text) node.textContent = text;
}

export class Drawing {
  readonly #root: Element;
  readonly #boxes: readonly SVGElement[];
  readonly #followers: readonly SVGElement[];
  readonly #levels: readonly SVGElement[];
  readonly #looped: readonly SVGElement[];

  constructor(root: Element) {
    const all = (selector: string): readonly SVGElement[] => Array.from(root.querySelectorAll<SVGElement>(selector));
    this.#root = root;
    this.#boxes = all("[data-tag]");
    this.#followers = all("[data-follows]:not([data-follows=''])");
    this.#levels = all("[data-level]:not([data-level=''])");
    for (const box of this.#boxes) parted(box);
    this.#looped = all("[data-loop]:not([data-loop=''])");
  }

  get root(): Element {
    return this.#root;
  }

  /** Shows the desk's frame. */
  bind(desk: Desk): void {
    for (const box of this.#boxes) this.#box(desk, box);
    for (const follower of this.#followers) this.#follow(desk, follower);
    let surface: number | undefined;
    for (const level of this.#levels) surface = this.#level(desk, level, surface);
    this.#relate(desk);
  }

  #box(desk: Desk, box: SVGElement): void {
    const tag = box.dataset.tag ?? "";
    const at = desk.index.instrument.get(tag);
    if (at !== undefined) {
      const seen = reading(desk.index, desk.frame.value, at);
      const { instrument, loopState: state } = seen;
      write(box, ".value", shown(seen.value, instrument.format, desk.language));
      const aimed = state && state.mode !== "manual" && Number.isFinite(state.setpoint);
      write(box, ".setpoint", aimed ? t("SP {value}", { value: shown(state.setpoint, instrument.format, desk.language) }) : NONE);
      mark(box, statesOf(seen, desk.screen.selected.value === tag));
      name(box, spoken(seen));
      return;
    }
    const loopAt = desk.index.loop.get(tag) ?? -1;
    const loop = desk.console.loops[loopAt];
    const state = loopState(desk.frame.value?.loops[loopAt]);
    if (!loop || !state) return;
    const output = decimal(state.output * 100, 0, desk.language);
    write(box, ".value", output);
    mark(box, new Set([...(state.limited ? ["limited"] : []), ...(desk.screen.selected.value === tag ? ["selected"] : [])]));
    name(box, []);
  }

  /** A pump turns, a pipe flows, when what it follows is clearly off zero. */
  #follow(desk: Desk, node: SVGElement): void {
    const address = node.dataset.follows ?? "";
    const at = desk.index.instrument.get(address);
    const value = at === undefined ? desk.frame.value?.loops[desk.index.loop.get(address) ?? -1]?.[2] : desk.frame.value?.values[at];
    const range = at === undefined ? 1 : desk.console.instruments[at]!.high - Math.min(0, desk.console.instruments[at]!.low);
    const works = typeof value === "number" && Math.abs(value) > AT_WORK * range;
    node.classList.toggle(node.classList.contains("pipe") ? "flowing" : "running", works);
  }

  /** Moves a content's upper edge; a foam stands on the liquid bound before it. */
  #level(desk: Desk, node: SVGElement, below: number | undefined): number | undefined {
    const at = desk.index.instrument.get(node.dataset.level ?? "");
    const value = at === undefined ? undefined : desk.frame.value?.values[at];
    if (typeof value !== "number" || !Number.isFinite(value)) return below;
    const number = (name: string): number => Number(node.dataset[name]);
    const foam = node.classList.contains("foam");
    const bottom = foam ? (below ?? number("bottom")) : number("bottom");
    const share = Math.min(1, Math.max(0, (value - number("empty")) / (number("full") - number("empty"))));
    const edge = bottom - share * (bottom - number("top"));
    set(node, "y", edge.toFixed(1));
    set(node, "height", Math.max(0, bottom - edge).toFixed(1));
    return foam || node.closest(".line") ? below : edge;
  }

  /** What the chosen loop measures and moves lights up with it. */
  #relate(desk: Desk): void {
    const chosen = desk.screen.selected.value;
    const at = desk.index.instrument.get(chosen);
    const loop = at === undefined ? chosen : (desk.console.loops[desk.index.loopOf.get(at) ?? -1]?.address ?? "");
    for (const node of this.#looped) node.classList.toggle("related", loop !== "" && (node.dataset.loop ?? "").split(" ").includes(loop));
  }
}

function statesOf(seen: Reading, selected: boolean): ReadonlySet<string> {
  const found = new Set<string>();
  if (seen.alarm) found.add(`alarm-${seen.alarm.alarm.priority}`);
  if (seen.alarm?.state === UNACKNOWLEDGED) found.add("unacknowledged");
  if (seen.loopState?.limited) found.add("limited");
  if (seen.quality === 2) found.add("bad");
  if (seen.quality === 1) found.add("uncertain");
  if (selected) found.add("selected");
  return found;
}

function mark(box: Element, states: ReadonlySet<string>): void {
  for (const state of STATES) box.classList.toggle(state, states.has(state));
}

/** Spaces between the words of a box: without them it reads "TT-101température". */
function parted(box: SVGElement): void {
  for (const part of box.querySelectorAll("text, text > tspan")) {
    if (part.nextSibling?.nodeType !== Node.TEXT_NODE) part.after(" ");
  }
}

/** What the eye does not read in the box: its alarm, a bad signal. */
function spoken({ alarm, quality }: Reading): readonly string[] {
  const parts: string[] = [];
  if (alarm) parts.push(t("alarm: {title}", { title: alarm.alarm.title }));
  if (quality === 2) parts.push(t("signal quality is bad"));
  return parts;
}

/** The name is what stands in the box, then what does not; it waits while the box has the focus, so that nobody hears it change. */
function name(box: SVGElement, more: readonly string[]): void {
  if (box === document.activeElement) return;
  const texts = Array.from(box.querySelectorAll("text"), (one) => one.textContent);
  set(box, "aria-label", [...texts, ...more].join(" ").replaceAll(NONE, "").replace(/[ \n]+/g, " ").trim());
}
