/** One tag in the hand: value, mode, set-point, output, limits, quality; and what the plant refused, where it was asked. */
import { html, nothing, type TemplateResult } from "lit";
import type { Instrument, Limit, Loop } from "../protocol";
import { percent, plusMinus, quantity, shown, toShown, toSi } from "../show/format";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { actuator, LEVEL_WORDS, limitsNow, loopState, MODES, reading, type LoopState, type Mode, type Reading } from "../state/reading";
import { modeShort, modeWord, refusalReason } from "../state/words";
import { badge } from "./badge";
import { bar } from "./bar";
import { niceStep } from "./entry";
import "./entry";
import { Panel } from "./panel";

const QUALITY = ["good", "uncertain", "bad"];

interface Face {
  readonly seen: Reading | undefined;
  readonly loop: Loop | undefined;
  readonly state: LoopState | undefined;
}

export class Faceplate extends Panel {
  #asked = { address: "", field: "", text: "", time: 0 };

  protected override render(): TemplateResult {
    const { desk } = this;
    const { screen } = desk;
    const face = this.#face(screen.selected.value);
    const tag = face.loop ?? face.seen?.instrument;
    if (!tag) return html`<section class="panel faceplate"><p class="empty">${t("Choose a value on the synoptic: its faceplate opens here.")}</p></section>`;
    const open = screen.sheet.value ? "open" : "";
    return html`<section class="panel faceplate ${open}" aria-label=${t("Faceplate {tag}", { tag: tag.tag })} data-tour="faceplate">
      <header class="panel-head">
        <h2 class="panel-title"><span class="mono">${tag.tag}</span> · ${tag.title}</h2>
        <button type="button" class="quiet small" @click=${() => { this.#trend(tag.address, face); }}>${icon("chart-line")}<span>${t("Trend")}</span></button>
        <button type="button" class="quiet square sheet-close" aria-label=${t("Close")} @click=${() => { screen.sheet.value = false; }}>${icon("x")}</button>
      </header>
      ${this.#value(face)}
      ${face.loop && face.state && (desk.mode === "live" || Number.isFinite(face.state.setpoint)) ? this.#control(face.loop, face.state) : nothing}
      ${face.seen ? this.#limits(face.seen) : nothing}
    </section>`;
  }

  #face(address: string): Face {
    const { desk } = this;
    const at = desk.index.instrument.get(address);
    if (at !== undefined) {
      const seen = reading(desk.index, desk.frame.value, at);
      return { seen, loop: seen.loop, state: seen.loopState };
    }
    const loopAt = desk.index.loop.get(address) ?? -1;
    const loop = desk.console.loops[loopAt];
    const seen = loop && loop.instrument >= 0 ? reading(desk.index, desk.frame.value, loop.instrument) : undefined;
    return { seen, loop, state: loopState(desk.frame.value?.loops[loopAt]) };
  }

  #value({ seen, loop, state }: Face): TemplateResult {
    const { desk } = this;
    const format = seen?.instrument.format ?? loop!.format;
    const soft = seen?.instrument.kind === "soft";
    const priority = seen?.alarm?.alarm.priority;
    return html`<div class="face-value ${priority ? `alarm-${priority}` : ""} ${seen?.quality === 2 ? "bad" : ""}">
        <output class="big">${seen ? shown(seen.value, format, desk.language) : state ? percent(state.output, 0, desk.language) : shown(undefined, format, desk.language)}</output>
        ${seen ? html`<span class="unit">${format.unit}</span>` : nothing}
        ${soft && seen ? html`<span class="soft">${t("estimated")} ${plusMinus(seen.instrument.band, format, desk.language)}</span>` : nothing}
        ${seen?.alarm ? badge(seen.alarm.alarm.priority) : nothing}
        ${seen && seen.quality > 0 ? html`<span class="quality q${seen.quality}">${t("quality: {word}", { word: t(QUALITY[seen.quality] ?? "") })}</span>` : nothing}
        ${seen && loop && state ? this.#modes(loop, state) : nothing}
      </div>
      ${seen ? bar({ instrument: seen.instrument, value: seen.value, setpoint: state && state.mode !== "manual" ? state.setpoint : undefined, limits: limitsNow(desk.index, desk.frame.value, seen.instrument) }) : nothing}
      ${seen ? this.#ends(seen.instrument) : nothing}`;
  }

  #ends(instrument: Instrument): TemplateResult {
    const { language } = this.desk;
    return html`<p class="bar-ends" aria-hidden="true"><span>${shown(instrument.low, instrument.format, language)}</span><span>${shown(instrument.high, instrument.format, language)}</span></p>`;
  }

  #modes(loop: Loop, state: LoopState): TemplateResult {
    const { desk } = this;
    return html`<div class="modes" role="group" aria-label=${t("Mode")}>
      ${MODES.filter((mode) => loop.modes.includes(mode)).map((mode) => html`<button type="button" aria-pressed=${state.mode === mode} title=${modeWord(mode)}
        ?disabled=${!desk.mayCommand.value} @click=${() => { if (mode !== state.mode) void this.#ask(loop, "mode", { kind: "set_mode", loop: loop.address, mode: mode as Mode }); }}>${modeShort(mode)}</button>`)}
    </div>`;
  }

  /** A hand station measures nothing: it has an output and nothing else, and no mode changes that. */
  #control(loop: Loop, state: LoopState): TemplateResult {
    if (loop.instrument < 0) return this.#byHand(loop, state);
    const { desk } = this;
    const { format } = loop;
    const ends = [toShown(loop.setpoint_low, format), toShown(loop.setpoint_high, format)] as const;
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const range = { low, high, step: niceStep(low, high, format.digits), digits: format.digits, unit: format.unit };
    return html`
      <cbd-entry label=${t("Set-point")} .value=${toShown(state.setpoint, format)} .range=${range} language=${desk.language} .refused=${this.#refusal(loop, "setpoint")}
        ?off=${!desk.mayCommand.value || state.mode === "cascade"}
        @offer=${(offer: CustomEvent<number>) => { void this.#ask(loop, "setpoint", { kind: "set_setpoint", loop: loop.address, value: toSi(offer.detail, format) }); }}></cbd-entry>
      ${state.mode === "manual" ? this.#byHand(loop, state) : this.#output(loop, state)}
      ${this.#refusal(loop, "mode") ? html`<p class="problem" role="alert">${this.#refusal(loop, "mode")}</p>` : nothing}`;
  }

  #byHand(loop: Loop, state: LoopState): TemplateResult {
    const { desk } = this;
    const range = { low: loop.output_low * 100, high: loop.output_high * 100, step: 1, digits: 0, unit: "%" };
    return html`<cbd-entry label=${t("Output")} .value=${state.output * 100} .range=${range} language=${desk.language} .refused=${this.#refusal(loop, "output")}
      ?off=${!desk.mayCommand.value}
      @offer=${(offer: CustomEvent<number>) => { void this.#ask(loop, "output", { kind: "set_output", loop: loop.address, value: offer.detail / 100 }); }}></cbd-entry>
      ${this.#elements(loop, state)}`;
  }

  #output(loop: Loop, state: LoopState): TemplateResult {
    return html`<div class="face-output ${state.limited ? "limited" : ""}"><span>${t("Output")}</span><b>${percent(state.output, 0, this.desk.language)}</b>
      ${state.limited ? html`<span class="limit-note">${t("at its limit")}</span>` : nothing}</div>${this.#elements(loop, state)}`;
  }

  #elements(loop: Loop, state: LoopState): TemplateResult | typeof nothing {
    const moved = actuator(loop, state.output);
    if (!moved || loop.outputs.length === 0) return nothing;
    return html`<ul class="elements">${loop.outputs.map((one) => {
      const raw = one.to === one.from_ ? 0 : (state.output - one.from_) / (one.to - one.from_);
      const share = Math.min(1, Math.max(0, raw));
      const value = one.low + share * (one.high - one.low);
      return html`<li class=${one === moved.element ? "moving" : ""}><span>${one.title}</span><b>${quantity(value, one.format, this.desk.language)}</b></li>`;
    })}</ul>`;
  }

  #limits({ instrument }: Reading): TemplateResult | typeof nothing {
    const limits = limitsNow(this.desk.index, this.desk.frame.value, instrument);
    if (!limits.length) return nothing;
    return html`<details class="limits"><summary>${t("Limits in this phase")}</summary><table><tbody>
      ${limits.map((one) => html`<tr title=${one.justification}><th scope="row">${t(LEVEL_WORDS[one.level] ?? one.level)}</th>
        <td>${this.#pair(one, instrument)}</td><td class="classes">${one.classes.join(" ")}</td></tr>`)}
    </tbody></table></details>`;
  }

  #pair({ low, high }: Limit, { format }: Instrument): string {
    const { language } = this.desk;
    if (low === null) return `≤ ${quantity(high, format, language)}`;
    if (high === null) return `≥ ${quantity(low, format, language)}`;
    return `${shown(low, format, language)} – ${quantity(high, format, language)}`;
  }

  #refusal(loop: Loop, field: string): string {
    const { address, field: asked, text, time } = this.#asked;
    if (address !== loop.address || asked !== field) return "";
    const refused = this.desk.story.facts.findLast((fact) => fact.kind === "input_refused" && fact.subject === address);
    return refused && time > 0 && refused.time >= time ? t("Refused by the plant: {reason}", { reason: refusalReason(refused) }) : text;
  }

  async #ask(loop: Loop, field: string, input: Parameters<typeof this.desk.command>[0]): Promise<void> {
    this.#asked = { address: loop.address, field, text: "", time: 0 };
    const answer = await this.desk.command(input);
    this.#asked = answer.type === "refused" ? { address: loop.address, field, text: answer.text, time: 0 } : { address: loop.address, field, text: "", time: answer.time };
    this.requestUpdate();
  }

  #trend(address: string, { seen }: Face): void {
    const { screen } = this.desk;
    const pen = seen?.instrument.address ?? address;
    if (!screen.pens.value.includes(pen)) screen.pens.value = [pen, ...screen.pens.value].slice(0, 8);
    screen.sheet.value = false;
    screen.view.value = "trends";
  }
}

customElements.define("cbd-faceplate", Faceplate);
