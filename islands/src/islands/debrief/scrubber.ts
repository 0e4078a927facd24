/** The flight on one line: phases, alarms, my actions, samples, and what really happened; drag or step to any moment. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import type { Fact } from "../../protocol";
import { clock, dayMinute } from "../../show/format";
import { icon } from "../../show/icon";
import { t } from "../../show/strings";
import { tickLabel, ticks } from "../../show/ticks";
import { factSentence, inputSentence } from "../../state/words";
import { Panel } from "../../panels/panel";
import type { FixedDesk } from "./fixed-desk";

const LANES = ["Phases", "Alarms", "My actions", "Samples", "What was hidden"] as const;
const TOP = 22;
const LANE = 20;
const LEFT = 118;
const WIDTH = 1180;
const HEIGHT = TOP + LANE * LANES.length + 6;

export class Scrubber extends Panel {
  static override properties = { ...Panel.properties, owned: { type: Boolean } };
  declare owned: boolean;

  get fixed(): FixedDesk {
    return this.desk as FixedDesk;
  }

  protected override render(): TemplateResult {
    const { language } = this.desk;
    const { time, document: doc } = this.fixed;
    return html`<section class="panel scrubber" aria-label=${t("Time line")}>
      <header class="panel-head wrap">
        <time class="clock">${clock(time.value, language)}</time>
        <span class="buttons"><button type="button" class="small" @click=${() => { this.#jump(-1); }}>${icon("chevron-left")}<span>${t("Previous")}</span></button>
        <button type="button" class="small" @click=${() => { this.#jump(1); }}><span>${t("Next")}</span>${icon("chevron-right")}</button></span>
        <p class="moment">${this.#moment()}</p>
        ${this.owned ? html`<button type="button" class="primary" @click=${() => { this.#branch(); }}>${icon("git-branch")}<span>${t("Re-fly from here")}</span></button>` : nothing}
      </header>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" class="timeline" role="slider" tabindex="0" data-keys="own" aria-label=${t("Time of the flight")}
        aria-valuemin=${doc.start} aria-valuemax=${doc.end} aria-valuenow=${Math.round(time.value)} aria-valuetext=${clock(time.value, language)}
        @keydown=${(key: KeyboardEvent) => { this.#press(key); }} @pointerdown=${(press: PointerEvent) => { this.#grab(press); }} @pointermove=${(move: PointerEvent) => { if (move.buttons) this.#seek(move); }}>
        ${LANES.map((lane, i) => svg`<text x="0" y=${TOP + LANE * i + 14} class="lane-name">${t(lane)}</text><line x1=${LEFT} x2=${WIDTH} y1=${TOP + LANE * (i + 1)} y2=${TOP + LANE * (i + 1)} class="lane-line" />`)}
        ${this.#left()}${this.#days()}${this.#phases()}${this.#holds()}${this.#alarms()}${this.#actions()}${this.#samples()}${this.#hidden()}
        <g class="cursor" transform="translate(${this.#x(time.value)} 0)"><line y1="14" y2=${HEIGHT} /><path d="M-6 4H6V11L0 17L-6 11Z" /></g>
      </svg></section>`;
  }

  #x(time: number): number {
    const { start, end } = this.fixed.document;
    return LEFT + ((time - start) / Math.max(1, end - start)) * (WIDTH - LEFT - 8);
  }

  /** From where the seat was left, the plant went on by itself. */
  #left(): SVGTemplateResult | typeof nothing {
    const { left, end } = this.fixed.document;
    if (left >= end) return nothing;
    const x = this.#x(left);
    return svg`<g class="left"><rect x=${x} y="14" width=${this.#x(end) - x} height=${HEIGHT - 14} /><title>${t("As you left it: nobody at the seat")}</title></g>`;
  }

  #days(): SVGTemplateResult[] {
    const { start, end } = this.fixed.document;
    return ticks(start, end, WIDTH - LEFT, 80).filter((at) => this.#x(at) < WIDTH - 24).map((at) => svg`<text x=${this.#x(at)} y="10" class="tick-name" text-anchor="middle">${tickLabel(at, end - start, this.desk.language)}</text><line x1=${this.#x(at)} x2=${this.#x(at)} y1="14" y2=${HEIGHT} class="tick-line" />`);
  }

  #phases(): SVGTemplateResult[] {
    const { mine, document: doc } = this.fixed;
    const starts = mine.facts.filter((fact) => fact.kind === "phase_started");
    return starts.map((fact, i) => {
      const [from, to] = [this.#x(Math.max(doc.start, fact.time)), this.#x(starts[i + 1]?.time ?? doc.end)];
      const name = this.desk.index.title(fact.subject.split("/").at(-1)!);
      return svg`<rect x=${from} y=${TOP + 3} width=${Math.max(1, to - from - 2)} height=${LANE - 6} rx="3" class="span-phase"><title>${name}</title></rect>${to - from > name.length * 6.4 ? svg`<text x=${from + 6} y=${TOP + 14} class="span-name">${name}</text>` : nothing}`;
    });
  }

  /** Stretches in which the recipe was held, under its phases. */
  #holds(): SVGTemplateResult[] {
    const { mine, document: doc } = this.fixed;
    const changes = mine.facts.filter((fact) => fact.kind === "recipe_held" || fact.kind === "recipe_restarted");
    return changes.flatMap((fact, i) => {
      if (fact.kind !== "recipe_held") return [];
      const [from, to] = [this.#x(Math.max(doc.start, fact.time)), this.#x(changes[i + 1]?.time ?? doc.end)];
      return [svg`<rect x=${from} y=${TOP + LANE - 4} width=${Math.max(2.5, to - from)} height="4" class="span-held"><title>${factSentence(this.desk.index, fact, this.desk.language)} · ${dayMinute(fact.time, this.desk.language)}</title></rect>`];
    });
  }

  #alarms(): SVGTemplateResult[] {
    const { mine, document: doc } = this.fixed;
    const open = new Map<string, Fact>();
    const bars: SVGTemplateResult[] = [];
    const bar = (from: Fact, to: number): void => {
      const priority = this.desk.index.alarmAt(from.subject)?.priority ?? 4;
      bars.push(svg`<rect x=${this.#x(from.time)} y=${TOP + LANE + 2 + priority * 2} width=${Math.max(2.5, this.#x(to) - this.#x(from.time))} height=${9 - priority} rx="1.5" class="span-alarm p${priority}"><title>${this.desk.index.title(from.subject)} · ${dayMinute(from.time, this.desk.language)}</title></rect>`);
    };
    for (const fact of mine.facts) {
      if (fact.kind === "alarm_raised") open.set(fact.subject, fact);
      const from = open.get(fact.subject);
      if (fact.kind === "alarm_returned" && from) {
        bar(from, fact.time);
        open.delete(fact.subject);
      }
    }
    for (const from of open.values()) bar(from, doc.end);
    return bars;
  }

  #actions(): SVGTemplateResult[] {
    const y = TOP + LANE * 2.5;
    return this.fixed.document.journal.filter((one) => one.input.kind !== "inject_malfunction").map((one) => svg`<circle cx=${this.#x(one.time)} cy=${y} r="4" class="dot-action"><title>${inputSentence(this.desk.index, one.input, this.desk.language)} · ${dayMinute(one.time, this.desk.language)}</title></circle>`);
  }

  #samples(): SVGTemplateResult[] {
    return this.fixed.mine.facts.filter((fact) => fact.kind === "sample_taken").map((fact) => svg`<rect x=${this.#x(fact.time) - 3} y=${TOP + LANE * 3.5 - 3} width="6" height="6" class="dot-sample"><title>${factSentence(this.desk.index, fact, this.desk.language)}</title></rect>`);
  }

  #hidden(): SVGTemplateResult[] {
    return this.fixed.mine.facts.filter((fact) => fact.hidden).map((fact) => svg`<path d="M${this.#x(fact.time)} ${TOP + LANE * 4 + 4}l5 11h-10z" class="dot-hidden"><title>${factSentence(this.desk.index, fact, this.desk.language)}</title></path>`);
  }

  /** The nearest thing before the cursor, in words. */
  #moment(): string {
    const now = this.fixed.time.value;
    const { language } = this.desk;
    const fact = this.fixed.mine.facts.findLast((one) => one.time <= now);
    const action = this.fixed.document.journal.findLast((one) => one.time <= now);
    if (action && (!fact || action.time >= fact.time)) return `${dayMinute(action.time, language)} · ${inputSentence(this.desk.index, action.input, language)}`;
    return fact ? `${dayMinute(fact.time, language)} · ${factSentence(this.desk.index, fact, language)}` : "";
  }

  #jump(direction: 1 | -1): void {
    const { time, mine, document: doc } = this.fixed;
    const stops = [...new Set([doc.start, ...mine.facts.map((fact) => fact.time), ...doc.journal.map((one) => one.time), doc.left, doc.end])].sort((a, b) => a - b);
    const next = direction > 0 ? stops.find((one) => one > time.value) : stops.findLast((one) => one < time.value);
    if (next !== undefined) time.value = next;
  }

  #press(key: KeyboardEvent): void {
    const { time, document: doc } = this.fixed;
    const step = (doc.end - doc.start) / (key.shiftKey ? 20 : 200);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => { this.#go(time.value - step); }, ArrowRight: () => { this.#go(time.value + step); },
      PageUp: () => { this.#jump(1); }, PageDown: () => { this.#jump(-1); }, Home: () => { this.#go(doc.start); }, End: () => { this.#go(doc.end); },
    };
    const move = moves[key.key];
    if (!move) return;
    key.preventDefault();
    move();
  }

  #go(at: number): void {
    const { time, document: doc } = this.fixed;
    time.value = Math.min(doc.end, Math.max(doc.start, at));
  }

  #grab(press: PointerEvent): void {
    (press.currentTarget as Element).setPointerCapture(press.pointerId);
    this.#seek(press);
  }

  #seek(pointer: PointerEvent): void {
    const box = (pointer.currentTarget as Element).getBoundingClientRect();
    const x = ((pointer.clientX - box.left) / box.width) * WIDTH;
    const { start, end } = this.fixed.document;
    this.#go(start + ((x - LEFT) / (WIDTH - LEFT - 8)) * (end - start));
  }

  /** The page's own form carries the token; the exact moment goes with it. */
  #branch(): void {
    const form = document.querySelector<HTMLFormElement>("form#branch");
    if (!form) return;
    const moment = document.createElement("input");
    moment.type = "hidden";
    moment.name = "time";
    moment.value = String(Math.round(this.fixed.time.value));
    form.append(moment);
    form.requestSubmit();
  }
}

customElements.define("cbd-scrubber", Scrubber);
