/** `<cbd-debrief session base golden owned>`: the cockpit in fixed-time mode. */
import { signal } from "@preact/signals-core";
import { html, nothing, type TemplateResult } from "lit";
import type { Debrief } from "../../debrief-document";
import type { Console } from "../../protocol";
import { installExplain } from "../../show/explain";
import { pageJson, t, useWords, type Words } from "../../show/strings";
import { httpHistory } from "../../wire/history";
import { Panel } from "../../panels/panel";
import "../../panels/alarms";
import "../../panels/alarm-dialogs";
import "../../panels/charts";
import "../../panels/faceplate";
import "../../panels/kpis";
import "../../panels/synoptic";
import "../../panels/values";
import "./comparison";
import "./curves";
import { fixedDesk, recorded } from "./fixed-desk";
import "./hidden";
import "./scrubber";

const AGAIN = 2_000;

/** The debrief document; the host may need a while to fly the two other flights. */
async function fetched(base: string): Promise<Debrief> {
  for (;;) {
    const answer = await fetch(`${base}debrief.json`, { credentials: "same-origin" });
    if (answer.status === 200) return (await answer.json()) as Debrief;
    if (answer.status !== 202) throw new Error(((await answer.json()) as { readonly text?: string }).text ?? "");
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

export class DebriefIsland extends Panel {
  static override properties = { ...Panel.properties, session: {}, base: {}, golden: {}, owned: { type: Boolean } };
  declare session: string;
  declare base: string;
  declare golden: string;
  declare owned: boolean;
  #drawing: Element | null = null;
  /** What the page says without a script, taken to its place among the panels. */
  #text: Element | null = null;
  #share: Element | null = null;
  readonly #trouble = signal("");

  override connectedCallback(): void {
    useWords(pageJson<Words>("strings") ?? {});
    installExplain();
    this.#drawing ??= document.getElementById("synoptic") ?? this.querySelector("svg");
    this.#text ??= document.querySelector("[data-debrief=text]");
    this.#share ??= document.querySelector("[data-debrief=share]");
    this.replaceChildren();
    super.connectedCallback();
    void this.#load();
  }

  protected override shouldUpdate(): boolean {
    return true;
  }

  protected override render(): TemplateResult {
    const { desk } = this;
    if (this.#trouble.value) return html`<p class="panel problem" role="alert">${this.#trouble.value}</p>`;
    if (!this.#ready()) return html`<p class="panel loading" role="status">${t("The flight without you and the reference flight are being flown…")}</p>`;
    const second = desk.console.instruments[desk.console.focus[1] ?? -1];
    return html`<cbd-scrubber .desk=${desk} ?owned=${this.owned}></cbd-scrubber>
      <div class="debrief-grid">
        <div class="centre"><cbd-synoptic .desk=${desk} .drawing=${this.#drawing}></cbd-synoptic><cbd-values .desk=${desk}></cbd-values>${desk.console.charts.length ? html`<cbd-chart .desk=${desk}></cbd-chart>` : nothing}<cbd-curves .desk=${desk}></cbd-curves>
          ${second ? html`<cbd-curves .desk=${desk} first=${second.address}></cbd-curves>` : nothing}
          <div class="side-by-side"><cbd-faceplate .desk=${desk}></cbd-faceplate><cbd-alarm-summary .desk=${desk}></cbd-alarm-summary></div></div>
        <div class="aside"><cbd-hidden .desk=${desk}></cbd-hidden><cbd-comparison .desk=${desk}></cbd-comparison><cbd-kpis .desk=${desk}></cbd-kpis></div>
      </div>
      <div class="debrief-words">${this.#text}<div class="beside"><cbd-quiz .desk=${desk}></cbd-quiz>${this.#share}</div></div><cbd-response-sheet .desk=${desk}></cbd-response-sheet>`;
  }

  #ready(): boolean {
    return Boolean(this.desk);
  }

  async #load(): Promise<void> {
    const console = pageJson<Console>("console");
    if (!console) throw new Error("The page carries no console document (script#console).");
    try {
      const found = await fetched(this.base);
      const history = await recorded(httpHistory(this.base, "mine"), console, found);
      const desk = fixedDesk({ session: this.session, base: this.base, console, document: found, history, golden: this.golden ?? "" });
      const raised = desk.mine.facts.find((fact) => fact.kind === "alarm_raised");
      const told = console.focus[0] ?? desk.index.alarmAt(raised?.subject ?? "")?.instrument ?? 0;
      desk.screen.selected.value = console.instruments[told]?.address ?? "";
      this.desk = desk;
    } catch (fault) {
      const said = fault instanceof Error ? fault.message : "";
      this.#trouble.value = t("The debrief could not be read. Reload the page to try again. {said}", { said });
    }
  }
}

customElements.define("cbd-debrief", DebriefIsland);
