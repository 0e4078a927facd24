/** A panel: an element in the light DOM that redraws when a signal it read changes. */
import { effect } from "@preact/signals-core";
import { LitElement } from "lit";
import type { Desk } from "../state/desk";

export abstract class Panel extends LitElement {
  static override properties: Record<string, object> = { desk: { attribute: false } };
  declare desk: Desk;
  #dispose: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override performUpdate(): void {
    if (!this.isUpdatePending) return;
    this.#dispose?.();
    let first = true;
    this.#dispose = effect(() => {
      if (first) {
        first = false;
        super.performUpdate();
      } else {
        this.requestUpdate();
      }
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dispose?.();
    this.#dispose = undefined;
  }

  protected override shouldUpdate(): boolean {
    return Boolean(this.desk);
  }
}
