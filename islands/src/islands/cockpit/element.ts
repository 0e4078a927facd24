/** `<cbd-cockpit session socket base seat speed golden seal>`: the seat, laid out. */
import { effect, signal } from "@preact/signals-core";
import { html, type TemplateResult } from "lit";
import type { Console } from "../../protocol";
import { installExplain } from "../../show/explain";
import { pageJson, useWords, type Words } from "../../show/strings";
import { pressed, typing, type Action } from "../../state/actions";
import { ACKNOWLEDGED, standing } from "../../state/reading";
import type { Palette } from "../../panels/palette";
import { Panel } from "../../panels/panel";
import { actionsOf, findings } from "./actions";
import { liveDesk, type LiveDesk, type Seat } from "./live-desk";
import "../../panels/all";

const SINGLE = "single-keys";
/** A flight of hours is looked at by the hour, one of days by the day. */
const SHORT = 8 * 3_600_000;
/** A seat that is only numbered has no name to show. */
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

export class Cockpit extends Panel {
  static override properties = { ...Panel.properties, session: {}, socket: {}, base: {}, seat: {}, speed: { type: Number }, golden: {}, seal: { type: Object } };
  declare session: string;
  declare socket: string;
  declare base: string;
  declare seat: string;
  declare speed: number;
  declare golden: string;
  declare seal: Seat["seal"] | undefined;
  #actions: readonly Action[] = [];
  #stop: (() => void) | undefined;
  #drawing: Element | null = null;
  readonly #single = signal(localStorage.getItem(SINGLE) !== "off");

  override connectedCallback(): void {
    const document_ = pageJson<Console>("console");
    if (!document_) throw new Error("The page carries no console document (script#console).");
    useWords(pageJson<Words>("strings") ?? {});
    this.#drawing ??= document.getElementById("synoptic") ?? this.querySelector("svg");
    this.replaceChildren();
    installExplain();
    const named = UUID.test(this.seat) ? "" : this.seat;
    const desk = liveDesk(document_, { session: this.session, socket: this.socket, base: this.base, seat: named, golden: this.golden ?? "", seal: this.seal ?? null, speed: this.speed || 1 });
    this.desk = desk;
    this.#actions = actionsOf(desk);
    opening(desk);
    document.addEventListener("keydown", this.#press);
    super.connectedCallback();
    desk.start();
    const search = effect(() => { if (desk.screen.dialog.value?.name === "palette") queueMicrotask(() => { this.#search(); }); });
    const top = effect(() => { if (desk.screen.view.value) this.querySelector(".stage")?.scrollTo(0, 0); });
    this.#stop = () => { search(); top(); };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#press);
    this.#stop?.();
    (this.desk as LiveDesk).stop();
  }

  protected override render(): TemplateResult {
    const { desk } = this;
    const view = desk.screen.view.value;
    return html`
      <cbd-topbar .desk=${desk}></cbd-topbar>
      <cbd-banner .desk=${desk}></cbd-banner>
      <cbd-rail .desk=${desk}></cbd-rail>
      <div class="stage view-${view}">
        <div class="centre">${this.#centre()}</div>
        <div class="aside">
          <cbd-faceplate .desk=${desk}></cbd-faceplate>
          <cbd-kpis .desk=${desk}></cbd-kpis>
          <cbd-alarm-summary .desk=${desk}></cbd-alarm-summary>
        </div>
      </div>
      <cbd-status .desk=${desk}></cbd-status>
      <cbd-decision .desk=${desk}></cbd-decision>
      <cbd-brief .desk=${desk}></cbd-brief>
      <cbd-response-sheet .desk=${desk}></cbd-response-sheet>
      <cbd-shelve .desk=${desk}></cbd-shelve>
      <cbd-phase-dialog .desk=${desk}></cbd-phase-dialog>
      <cbd-until .desk=${desk}></cbd-until>
      <cbd-tour .desk=${desk}></cbd-tour>
      <cbd-palette .items=${() => findings(desk, this.#actions)} @closed=${() => { if (desk.screen.dialog.value?.name === "palette") desk.screen.dialog.value = null; }}></cbd-palette>`;
  }

  #centre(): TemplateResult {
    const { desk } = this;
    switch (desk.screen.view.value) {
      case "synoptic": return html`<cbd-phases .desk=${desk}></cbd-phases><cbd-synoptic .desk=${desk} .drawing=${this.#drawing}></cbd-synoptic><cbd-values .desk=${desk}></cbd-values><cbd-trend-strip .desk=${desk}></cbd-trend-strip>`;
      case "trends": return html`<cbd-trends .desk=${desk}></cbd-trends>`;
      case "alarms": return html`<cbd-alarm-list .desk=${desk}></cbd-alarm-list>`;
      case "sampling": return html`<cbd-sampling .desk=${desk}></cbd-sampling>`;
      case "journal": return html`<cbd-journal .desk=${desk}></cbd-journal>`;
      case "field": return html`<cbd-field .desk=${desk}></cbd-field>`;
      case "help": return html`<cbd-help .desk=${desk} .actions=${this.#actions} .single=${{ value: this.#single.value, toggle: () => { this.#toggle(); } }}></cbd-help>`;
    }
  }

  #search(): void {
    this.querySelector<Palette>("cbd-palette")?.show();
  }

  #toggle(): void {
    this.#single.value = !this.#single.value;
    localStorage.setItem(SINGLE, this.#single.value ? "on" : "off");
  }

  readonly #press = (key: KeyboardEvent): void => {
    if (key.defaultPrevented || key.altKey) return;
    const name = pressed(key);
    const held = name.startsWith("Control+");
    if (!held && (!this.#single.value || typing(key) || document.querySelector("dialog[open]"))) return;
    const action = this.#actions.find((one) => one.keys === name);
    if (!action) return;
    key.preventDefault();
    action.run();
  };
}

/** First look: a loop on the faceplate, pens on the trends, and the brief once per scenario. */
function opening(desk: LiveDesk): void {
  const { console: doc, screen, index } = desk;
  const gravest = [...doc.alarms].sort((a, b) => a.priority - b.priority).find((one) => index.loopOf.has(one.instrument))?.instrument;
  const first = doc.focus.find((i) => index.loopOf.has(i)) ?? doc.focus[0] ?? gravest ?? 0;
  screen.selected.value = doc.instruments[first]?.address ?? "";
  const stop = effect(() => {
    if (!desk.frame.value) return;
    const left = doc.duration - desk.frame.value.time;
    if (Math.min(doc.duration, Math.max(0, left)) <= SHORT) screen.window.value = { width: 3_600_000, end: null };
    const urgent = doc.instruments[standing(index, desk.frame.value).find((one) => one.state <= ACKNOWLEDGED)?.alarm.instrument ?? -1];
    if (urgent) screen.selected.value = urgent.address;
    queueMicrotask(() => { stop(); });
  });
  const told = doc.focus.length ? doc.focus : (index.groups().values().next().value ?? []);
  screen.pens.value = told.slice(0, 4).map((i) => doc.instruments[i]!.address);
  const key = `brief ${desk.session}`;
  if (localStorage.getItem(key)) return;
  localStorage.setItem(key, "read");
  screen.dialog.value = { name: "brief" };
}

customElements.define("cbd-cockpit", Cockpit);

declare global {
  interface HTMLElementTagNameMap {
    "cbd-cockpit": Cockpit;
  }
}
