/**
 * A number that a person sets: steps, typing in either notation, its range checked before it is sent, the refusal beside it.
 *
 * What is accepted (Enter) or given up (Escape) is left: the keys of one letter work again.
 */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { decimal, parsed, type Language } from "../show/format";
import { t } from "../show/strings";

export interface EntryRange {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly digits: number;
  readonly unit: string;
}

export class Entry extends LitElement {
  static override properties = {
    label: {}, value: { attribute: false }, range: { attribute: false }, language: {}, off: { type: Boolean }, refused: { attribute: false }, draft: { state: true }, wrong: { state: true },
  };
  declare label: string;
  declare value: number;
  declare range: EntryRange;
  declare language: Language;
  declare off: boolean;
  declare refused: string;
  declare draft: string | undefined;
  declare wrong: string;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { range } = this;
    const text = this.draft ?? decimal(this.value, range.digits, this.language);
    const problem = this.wrong || this.refused;
    const id = `entry-${this.label.replace(/\W+/g, "-")}`;
    return html`<div class="entry">
      <label for=${id}>${this.label}</label>
      <div class="stepper">
        <button type="button" class="square" ?disabled=${this.off} aria-label=${t("{label}: one step down", { label: this.label })} @click=${() => { this.#step(-1); }}>−</button>
        <input id=${id} inputmode="decimal" autocomplete="off" spellcheck="false" .value=${text} ?disabled=${this.off}
          aria-invalid=${problem ? "true" : nothing} aria-describedby=${problem ? `${id}-problem` : nothing}
          @input=${(input: InputEvent) => { this.draft = (input.target as HTMLInputElement).value; this.wrong = ""; }}
          @keydown=${(key: KeyboardEvent) => { this.#press(key); }} @blur=${() => { this.draft = undefined; }} />
        <button type="button" class="square" ?disabled=${this.off} aria-label=${t("{label}: one step up", { label: this.label })} @click=${() => { this.#step(1); }}>+</button>
      </div>
      <small class="unit">${range.unit}</small>
      ${problem ? html`<p class="problem" id="${id}-problem" role="alert">${problem}</p>` : nothing}
    </div>`;
  }

  #press(key: KeyboardEvent): void {
    const field = key.target as HTMLInputElement;
    if (key.key === "ArrowUp" || key.key === "ArrowDown") {
      key.preventDefault();
      this.#step(key.key === "ArrowUp" ? 1 : -1);
    } else if (key.key === "Escape") {
      this.draft = undefined;
      this.wrong = "";
      field.blur();
    } else if (key.key === "Enter") {
      const value = parsed(field.value);
      if (value === undefined) this.wrong = t("A number is needed, for example {example}.", { example: decimal(this.range.low, this.range.digits, this.language) });
      else if (this.#offer(value)) field.blur();
    }
  }

  #step(direction: number): void {
    const { step, low, high } = this.range;
    const from = parsed(this.draft ?? "") ?? this.value;
    this.#offer(Math.min(high, Math.max(low, Math.round((from + direction * step) / step) * step)));
  }

  /** True if the value is within the range, and was offered. */
  #offer(value: number): boolean {
    const { low, high, digits, unit } = this.range;
    if (value < low - 1e-9 || value > high + 1e-9) {
      this.wrong = t("Between {low} and {high} {unit}", { low: decimal(low, digits, this.language), high: decimal(high, digits, this.language), unit }).trim();
      return false;
    }
    this.wrong = "";
    this.draft = undefined;
    this.dispatchEvent(new CustomEvent("offer", { detail: value }));
    return true;
  }
}

customElements.define("cbd-entry", Entry);

/** A step that suits a range: 1, 2 or 5 times a power of ten, about a hundredth, never below what is shown. */
export function niceStep(low: number, high: number, digits: number): number {
  const rough = Math.max((high - low) / 100, 10 ** -digits);
  const power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  const lead = rough / power;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}
