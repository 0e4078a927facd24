/** The server's drawing, made live; a value opens its faceplate, a place beside the vessel opens the field. */
import { html, type TemplateResult } from "lit";
import { t } from "../show/strings";
import { Drawing } from "./drawing";
import { Panel } from "./panel";

export class Synoptic extends Panel {
  static override properties = { ...Panel.properties, drawing: { attribute: false } };
  /** The server's `svg#synoptic`. */
  declare drawing: Element | null;
  #bound: Drawing | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener("click", this.#choose);
    this.addEventListener("keydown", this.#press);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener("click", this.#choose);
    this.removeEventListener("keydown", this.#press);
  }

  protected override render(): TemplateResult {
    const { frame, screen } = this.desk;
    void frame.value;
    void screen.selected.value;
    return html`<section class="panel synoptic" aria-label=${t("Synoptic")} data-tour="synoptic">
      ${this.drawing ?? html`<p class="empty">${t("This plant has no drawing; its values stand in the list.")}</p>`}
    </section>`;
  }

  protected override updated(): void {
    if (!this.drawing) return;
    if (this.#bound?.root !== this.drawing) this.#bound = new Drawing(this.drawing);
    this.#bound.bind(this.desk);
  }

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
