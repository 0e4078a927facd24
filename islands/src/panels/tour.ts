/** A guided tour over the real controls: each step points at one, and any key of the console keeps working. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../show/strings";
import { Panel } from "./panel";

const STEPS: readonly { readonly at: string; readonly title: string; readonly text: string }[] = [
  { at: "clock", title: "The clock is yours", text: "Freeze to think, run up to 3600 times faster, or wait until the next alarm or result. Space freezes and resumes." },
  { at: "banner", title: "The most urgent thing, in words", text: "One line says what is wrong, by how much and since when. A acknowledges, R opens the response sheet." },
  { at: "synoptic", title: "Grey is normal", text: "Colour means abnormal. A dashed frame means that a controller has no more in hand. Choose a value to open its faceplate." },
  { at: "faceplate", title: "The faceplate", text: "Mode, set-point, output and limits of one loop. Type a number and press Enter, or use the steps." },
  { at: "kpis", title: "Only what was measured", text: "Cells, metabolites and titre come from samples, each with its time and its error. Take them at the sampling desk." },
  { at: "field", title: "The field", text: "Not everything is on the screen: read a label, look into the vessel, clamp a line, send somebody. Reports come back after a while." },
  { at: "phases", title: "The recipe", text: "Where the lot is, and what may begin next. AUTO: a phase begins by itself; SEMI-AUTO: it waits for you. H holds the recipe." },
  { at: "rail", title: "Seven views", text: "Trends, alarms, sampling, journal and the field: keys 1 to 7. The question mark lists every key." },
];

/** The control of that name that this screen shows. */
const seen = (name: string): Element | undefined => Array.from(document.querySelectorAll(`[data-tour="${name}"]`)).find((one) => one.getClientRects().length > 0);

export class Tour extends Panel {
  #marked: Element | null = null;
  #shown = -1;

  protected override render(): TemplateResult | typeof nothing {
    const at = this.desk.screen.tour.value;
    const step = STEPS[at];
    if (!step) return nothing;
    const last = at === STEPS.length - 1;
    return html`<aside class="tour" role="dialog" aria-labelledby="tour-title" @keydown=${(key: KeyboardEvent) => { if (key.key === "Escape") this.#go(-1); }}>
      <h2 id="tour-title">${t(step.title)}</h2><p>${t(step.text)}</p>
      <footer><span>${at + 1} / ${STEPS.length}</span>
        <button type="button" class="quiet" @click=${() => { this.#go(-1); }}>${t("Skip")}</button>
        ${at > 0 ? html`<button type="button" @click=${() => { this.#go(at - 1, -1); }}>${t("Back")}</button>` : nothing}
        <button type="button" class="primary" @click=${() => { this.#go(last ? -1 : at + 1); }}>${t(last ? "Done" : "Next")}</button></footer>
    </aside>`;
  }

  protected override updated(): void {
    this.#marked?.classList.remove("toured");
    const at = this.desk.screen.tour.value;
    const step = STEPS[at];
    const moved = at !== this.#shown;
    this.#shown = at;
    if (!step) return;
    if (at === 0 && moved) this.desk.screen.view.value = "synoptic";
    void this.#point(step.at, moved);
  }

  /** The stage may still be changing to the view that holds the control. */
  async #point(name: string, moved: boolean): Promise<void> {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    this.#marked = seen(name) ?? null;
    this.#marked?.classList.add("toured");
    const box = this.querySelector<HTMLElement>(".tour");
    if (!box) return;
    this.#place(box, this.#marked?.getBoundingClientRect());
    if (moved) box.querySelector<HTMLElement>(".primary")?.focus();
  }

  #place(box: HTMLElement, target: DOMRect | undefined): void {
    const [width, height] = [box.offsetWidth, box.offsetHeight];
    if (!target || window.innerWidth < 720) {
      box.style.left = `${(window.innerWidth - width) / 2}px`;
      box.style.top = `${window.innerHeight - height - 84}px`;
      return;
    }
    const bar = target.bottom < 120;
    const right = !bar && target.right + 16 + width < window.innerWidth;
    const left = !bar && target.left - 16 - width > 0;
    const beside = right ? target.right + 16 : left ? target.left - 16 - width : Math.min(target.left + 24, window.innerWidth - width - 16);
    const tall = right || left ? target.top + 8 : target.bottom + 12 + height < window.innerHeight ? target.bottom + 12 : target.top + 48;
    box.style.left = `${Math.max(12, beside)}px`;
    box.style.top = `${Math.max(12, Math.min(tall, window.innerHeight - height - 12))}px`;
  }

  /** To a step; one whose control this screen does not show is left out. */
  #go(step: number, direction: 1 | -1 = 1): void {
    let to = step;
    while (STEPS[to] && !seen(STEPS[to]!.at)) to += direction;
    this.desk.screen.tour.value = STEPS[to] ? to : -1;
  }
}

customElements.define("cbd-tour", Tour);
