/** The server's drawing, made live; a value opens its faceplate, a place beside the vessel opens the field. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../show/strings";
import { Drawing } from "./drawing";
import { Panel } from "./panel";

/** A part of a tall picture, as the server's `data-parts` says it: one at a time is shown. */
interface Part {
  title: string;
  top: number;
  height: number;
}

const WIDTH = 1000;

export class Synoptic extends Panel {
  static override properties = { ...Panel.properties, drawing: { attribute: false }, shown: { state: true } };
  /** The server's `svg#synoptic`. */
  declare drawing: Element | null;
  /** Which part is shown. */
  declare shown: number;
  #bound: Drawing | undefined;
  #selected = "";

  constructor() {
    super();
    this.shown = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("click", this.#choose);
    this.addEventListener("keydown", this.#press);
    this.addEventListener("focusin", this.#reveal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("click", this.#choose);
    this.removeEventListener("keydown", this.#press);
    this.removeEventListener("focusin", this.#reveal);
  }

  protected override render(): TemplateResult {
    const { frame, screen } = this.desk;
    void frame.value;
    void screen.selected.value;
    return html`<section class="panel synoptic" aria-label=${t("Synoptic")} data-tour="synoptic">
      ${this.#tabs()}${this.drawing ?? html`<p class="empty">${t("This plant has no drawing; its values stand in the list.")}</p>`}
    </section>`;
  }

  protected override updated(): void {
    if (!this.drawing) return;
    if (this.#bound?.root !== this.drawing) this.#bound = new Drawing(this.drawing);
    this.#bound.bind(this.desk);
    this.#follow();
  }

  #parts(): Part[] {
    return JSON.parse((this.drawing as SVGElement | null)?.dataset.parts ?? "[]") as Part[];
  }

  #tabs(): TemplateResult | typeof nothing {
    const parts = this.#parts();
    if (!parts.length) return nothing;
    return html`<div class="parts" role="group" aria-label=${t("Parts of the picture")}>${parts.map(({ title }, i) => html`
      <button type="button" aria-pressed=${i === this.shown} @click=${() => (this.shown = i)}>${title}</button>`)}</div>`;
  }

  /** Shows the chosen part; a value that has just been chosen brings its own. */
  #follow(): void {
    const parts = this.#parts();
    if (!parts.length) return;
    const tag = this.desk.screen.selected.value;
    if (tag !== this.#selected) {
      this.#selected = tag;
      this.#show([...this.drawing!.querySelectorAll<SVGElement>("[data-tag]")].find((one) => one.dataset.tag === tag));
    }
    const { top, height } = parts[this.shown] ?? parts[0]!;
    this.drawing!.setAttribute("viewBox", `0 ${top} ${WIDTH} ${height}`);
  }

  /** Shows the part in which a value box stands. */
  #show(box: Element | null | undefined): void {
    const y = Number(box?.querySelector(".frame")?.getAttribute("y") ?? NaN);
    const found = this.#parts().findIndex(({ top, height }) => y >= top && y < top + height);
    if (found >= 0) this.shown = found;
  }

  /** What has the focus is seen: Tab goes through the values of every part. */
  readonly #reveal = (focus: FocusEvent): void => { this.#show((focus.target as Element).closest("[data-tag]")); };

  readonly #choose = (click: Event): void => {
    const at = click.target as Element;
    const { screen } = this.desk;
    const tag = at.closest<SVGElement>("[data-tag]")?.dataset.tag;
    const station = at.closest<SVGElement>("[data-station]:not([data-station=''])")?.dataset.station?.split(" ")[0];
    if (tag) screen.select(tag);
    else if (station && this.desk.mode === "live") {
      screen.station.value = station;
      screen.view.value = "field";
    }
  };

  readonly #press = (key: KeyboardEvent): void => {
    if (key.key !== "Enter" && key.key !== " ") return;
    if (!(key.target as Element).closest("[data-tag], [data-station]")) return;
    key.preventDefault();
    this.#choose(key);
    document.querySelector<HTMLElement>("cbd-faceplate input, cbd-faceplate button")?.focus();
  };
}

customElements.define("cbd-synoptic", Synoptic);
