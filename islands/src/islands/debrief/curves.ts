/** One tag over the whole flight: as I saw it, as it truly was, had I done nothing, and the reference. */
import { signal } from "@preact/signals-core";
import { html, type TemplateResult } from "lit";
import type { Instrument } from "../../protocol";
import { icon } from "../../show/icon";
import { t } from "../../show/strings";
import { instrumentPen, type Pen } from "../../state/pens";
import { Panel } from "../../panels/panel";
import "../../panels/trend";
import { RUN_WORDS } from "./comparison";
import type { FixedDesk } from "./fixed-desk";

const RUNS = ["mine", "truth", "nothing", "reference"];

export class Curves extends Panel {
  readonly #table = signal(false);
  static override properties = { ...Panel.properties, first: {} };
  /** The tag that is shown until another is chosen here; empty: the one in hand. */
  declare first: string;
  /** What was chosen here. */
  readonly #only = signal("");

  protected override render(): TemplateResult {
    const { desk } = this;
    const { truth } = (desk as FixedDesk).document;
    const unmeasured = truth.filter((one) => !one.instrument);
    const chosen = unmeasured.find((one) => one.address === this.#only.value);
    const instrument = desk.index.instrumentAt(this.#only.value || this.first || desk.screen.selected.value) ?? desk.console.instruments[0]!;
    const focus = desk.console.focus.map((i) => desk.console.instruments[i]!);
    const option = (one: Instrument): TemplateResult => html`<option value=${one.address} ?selected=${one.address === address}>${one.tag} ${one.title}</option>`;
    const address = chosen?.address ?? instrument.address;
    const format = chosen?.format ?? instrument.format;
    const runs = chosen ? RUNS.filter((run) => run !== "mine") : RUNS;
    const at = desk.index.instrument.get(instrument.address) ?? 0;
    const pens = runs.map((run): Pen => {
      const title = t(RUN_WORDS[run]!);
      return chosen ? { address, scale: address, run, tag: "", title, format, instrument: -1, loop: -1, part: "value", narrowest: 0 } : { ...instrumentPen(desk.index, at, run), tag: "", title };
    });
    return html`<section class="panel curves" aria-label=${t("Curves")}>
      <header class="panel-head wrap"><select aria-label=${t("Which curve")} @change=${(change: Event) => { this.#choose((change.target as HTMLSelectElement).value); }}>
          ${focus.length ? html`<optgroup label=${t("this flight")}>${focus.map(option)}</optgroup>` : ""}
          <optgroup label=${t("Measured")}>${desk.console.instruments.filter((one) => !focus.includes(one)).map(option)}</optgroup>
          ${unmeasured.length ? html`<optgroup label=${t("Never measured")}>${unmeasured.map((one) => html`<option value=${one.address} ?selected=${one.address === address}>${one.title}</option>`)}</optgroup>` : ""}
        </select>
        <button type="button" class="small" aria-pressed=${this.#table.value} @click=${() => { this.#table.value = !this.#table.value; }}>${icon("table")}<span>${t("Table")}</span></button>
      </header>
      <cbd-trend .desk=${desk} .pens=${pens} heading=${chosen?.title ?? `${instrument.tag} ${instrument.title}`} ?table=${this.#table.value}></cbd-trend></section>`;
  }

  #choose(address: string): void {
    const inHand = !this.first && this.desk.index.instrument.has(address);
    this.#only.value = inHand ? "" : address;
    if (inHand) this.desk.screen.selected.value = address;
  }
}

customElements.define("cbd-curves", Curves);
