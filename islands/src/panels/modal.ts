/** A panel in a native `<dialog>`: focus stays inside, Escape closes, focus returns to where it was. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import type { Dialog, DialogName } from "../state/desk";
import { Panel } from "./panel";

export abstract class Modal extends Panel {
  protected abstract readonly dialogName: DialogName;
  protected abstract heading(dialog: Dialog): string;
  protected abstract body(dialog: Dialog): TemplateResult;
  protected readonly dialogClass: string = "";
  #before: Element | null = null;

  protected close(): void {
    if (this.desk.screen.dialog.value?.name === this.dialogName) this.desk.screen.dialog.value = null;
  }

  protected override render(): TemplateResult | typeof nothing {
    const dialog = this.desk.screen.dialog.value;
    if (dialog?.name !== this.dialogName) return nothing;
    return html`<dialog class="modal ${this.dialogClass}" aria-labelledby="${this.dialogName}-title"
      @close=${() => { this.close(); }} @click=${(click: MouseEvent) => { if (click.target === click.currentTarget) this.close(); }}>
      <div class="modal-inner">
        <header class="modal-head">
          <h2 id="${this.dialogName}-title">${this.heading(dialog)}</h2>
          <button type="button" class="quiet square" aria-label=${t("Close")} @click=${() => { this.close(); }}>${icon("x")}</button>
        </header>
        ${this.body(dialog)}
      </div>
    </dialog>`;
  }

  protected override updated(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) {
      this.#before = document.activeElement;
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[autofocus]")?.focus({ preventScroll: true });
      // What is long is read from its beginning, wherever the button is.
      for (const one of [dialog, dialog.firstElementChild]) one?.scrollTo(0, 0);
    } else if (!dialog && this.#before instanceof HTMLElement) {
      const before = this.#before;
      this.#before = null;
      if (before.isConnected) before.focus();
    }
  }
}
