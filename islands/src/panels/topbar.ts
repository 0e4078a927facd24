/** The clock and what governs it; who sits where; the way to the brief, the field and the palette. */
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import { clock as clockText } from "../show/format";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { nowOf, sinceScan } from "../state/desk";
import { Panel } from "./panel";

const CONNECTION = {
  connecting: { icon: "wifi", words: "Connecting…" },
  live: { icon: "wifi", words: "Connected" },
  polling: { icon: "wifi", words: "Connected, slower line" },
  offline: { icon: "wifi-off", words: "Line lost, trying again" },
} as const;

const REASONS: Readonly<Record<string, string>> = {
  until: "Frozen: what you waited for is here.",
  decision: "A decision is asked of you.",
  ready: "The next phase is ready and waits for you.",
  idle: "Frozen: nobody was there.",
  ended: "The flight has ended.",
  error: "Frozen: the simulation met an error; the journal is kept.",
  restart: "Frozen: the simulator restarted. Nothing acknowledged was lost.",
  lease: "Frozen: the session moved to another host.",
};

const BEAT_MS = 250;

export class Topbar extends Panel {
  /** When the last frame with a new time came, and how long ago that is: ms of the browser's clock. */
  #came = { time: -1, at: 0 };
  readonly #waited = signal(0);
  #beat: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#beat = setInterval(() => { this.#wait(); }, BEAT_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#beat);
  }

  #wait(): void {
    const time = this.desk.frame.peek()?.time ?? -1;
    if (time !== this.#came.time || !this.desk.clock.peek().running) this.#came = { time, at: performance.now() };
    this.#waited.value = Math.floor((performance.now() - this.#came.at) / BEAT_MS) * BEAT_MS;
  }

  #time(): number {
    const { desk } = this;
    const waited = this.#waited.value;
    const known = desk.frame.value?.time === this.#came.time;
    const on = known ? sinceScan(desk.console.phases, desk.frame.value, desk.clock.value, waited) : 0;
    return nowOf(desk) + Math.floor(on / 1000) * 1000;
  }

  protected override render(): TemplateResult {
    const { desk } = this;
    const { screen, console: doc } = desk;
    const open = (name: "brief" | "palette" | "until"): void => { screen.dialog.value = { name }; };
    return html`<header class="topbar">
      <div class="topbar-names">
        <p class="title">${doc.title}</p>
        <p title=${doc.plant_title}>${doc.plant_title}${desk.seat ? ` · ${t("seat {seat}", { seat: desk.seat })}` : ""}</p>
      </div>
      <div class="topbar-links">
        <button type="button" data-tour="brief" aria-keyshortcuts="b" @click=${() => { open("brief"); }}>${icon("book-open")}<span>${t("Brief")}</span></button>
        <button type="button" data-tour="field" aria-keyshortcuts="f" @click=${() => { screen.view.value = "field"; }}>${icon("hard-hat")}<span>${t("Field")}</span></button>
        <button type="button" class="quiet square" aria-label=${t("Search: tags, actions, pages")} aria-keyshortcuts="Control+k" @click=${() => { open("palette"); }}>${icon("search")}</button>
      </div>
      ${this.#line()}
      <div class="topbar-clock" data-tour="clock">
        <time class="clock" data-tour="clock" aria-label=${t("Simulated time")}>${clockText(this.#time(), desk.language)}</time>
        ${desk.mode === "live" ? this.#controls() : html`<span class="tag-note">${t("Debrief: time stands still")}</span>`}
      </div>
    </header>`;
  }

  #controls(): TemplateResult {
    const { desk } = this;
    const { running, speed, reason } = desk.clock.value;
    const ended = reason === "ended";
    const permitted = desk.mayCommand.value && !ended;
    const why = running ? "" : (REASONS[reason] ?? "");
    return html`
      <button type="button" class="primary freeze" aria-keyshortcuts="Space" ?disabled=${!permitted} title=${why ? t(why) : nothing}
        @click=${() => { if (running) desk.freeze(); else desk.resume(); }}>
        ${icon(running ? "pause" : "play")}<span>${t(running ? "Freeze" : "Resume")}</span>
      </button>
      <div class="speeds" role="group" aria-label=${t("Speed of time")}>
        ${desk.paces.map((one) => html`<button type="button" aria-pressed=${running && speed === one} class=${speed !== one && desk.pace.value === one || !running && desk.pace.value === one ? "was" : ""}
          ?disabled=${!permitted} @click=${() => { desk.run(one); }}>×${one}</button>`)}
      </div>
      <button type="button" class="until" ?disabled=${!permitted} @click=${() => { desk.screen.dialog.value = { name: "until" }; }}>
        <span>${t("Until…")}</span>${icon("chevron-down")}</button>`;
  }

  #line(): TemplateResult | typeof nothing {
    if (this.desk.mode === "debrief") return nothing;
    const state = CONNECTION[this.desk.connection.value];
    return html`<span class="connection ${this.desk.connection.value}" title=${t(state.words)}>${icon(state.icon)}<span class="sr-only">${t(state.words)}</span></span>`;
  }
}

customElements.define("cbd-topbar", Topbar);
