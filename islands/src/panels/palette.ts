/** Ctrl K: finds tags, actions, views and pages by any words of their names. */
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { t } from "../show/strings";

export interface Finding {
  readonly title: string;
  readonly kind: string;
  readonly keys?: string;
  readonly run: () => void;
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A tag is written `TT-101` on drawings and `TT101` in sentences: both find it. */
const holds = (text: string, word: string): boolean => text.includes(word) || text.replaceAll("-", "").includes(word);

/** Entries that hold every word of `query`, those that begin with it first. */
export function found(all: readonly Finding[], query: string, most = 12): readonly Finding[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const hits = all.filter((one) => words.every((word) => holds(plain(`${one.title} ${one.kind}`), word)));
  const first = words[0];
  if (!first) return hits.slice(0, most);
  const score = (one: Finding): number => (plain(one.title).startsWith(first) ? 0 : plain(one.title).includes(` ${first}`) ? 1 : 2);
  return hits.map((one, i) => ({ one, i })).sort((a, b) => score(a.one) - score(b.one) || a.i - b.i).slice(0, most).map(({ one }) => one);
}

export class Palette extends LitElement {
  static override properties = { items: { attribute: false }, query: { state: true }, at: { state: true }, open: { type: Boolean } };
  declare items: () => readonly Finding[];
  declare query: string;
  declare at: number;
  declare open: boolean;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  show(): void {
    this.query = "";
    this.at = 0;
    this.open = true;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.open) return nothing;
    const hits = found(this.items(), this.query);
    return html`<dialog class="modal palette" aria-label=${t("Search")} @close=${() => { this.#closed(); }} @click=${(click: MouseEvent) => { if (click.target === click.currentTarget) this.#closed(); }}>
      <div class="modal-inner">
        <input role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant=${hits.length ? `palette-${this.at}` : nothing} aria-label=${t("Search: tags, actions, pages")}
          placeholder=${t("A tag, an action, a page…")} autocomplete="off" spellcheck="false" .value=${this.query}
          @input=${(input: InputEvent) => { this.query = (input.target as HTMLInputElement).value; this.at = 0; }} @keydown=${(key: KeyboardEvent) => { this.#press(key, hits); }} />
        <ul id="palette-list" role="listbox" aria-label=${t("Found")}>${hits.map((one, i) => html`<li id="palette-${i}" role="option" aria-selected=${i === this.at} @click=${() => { this.#run(one); }}>
          <span>${one.title}</span><small>${one.kind}</small>${one.keys ? html`<kbd>${one.keys}</kbd>` : nothing}</li>`)}</ul>
        ${hits.length ? nothing : html`<p class="empty">${t("Nothing has these words. Try part of a tag, such as “pH”.")}</p>`}
      </div></dialog>`;
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  #press(key: KeyboardEvent, hits: readonly Finding[]): void {
    if (key.key === "ArrowDown" || key.key === "ArrowUp") {
      key.preventDefault();
      this.at = (this.at + (key.key === "ArrowDown" ? 1 : -1) + hits.length) % Math.max(1, hits.length);
    } else if (key.key === "Enter") {
      key.preventDefault();
      const chosen = hits[this.at];
      if (chosen) this.#run(chosen);
    }
  }

  #run(one: Finding): void {
    this.#closed();
    one.run();
  }

  #closed(): void {
    this.open = false;
    this.dispatchEvent(new CustomEvent("closed"));
  }
}

customElements.define("cbd-palette", Palette);
