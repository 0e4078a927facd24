import { html, type TemplateResult } from "lit";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";
import drawn from "virtual:icons";
import type { IconName } from "./icon-names";

/** A decorative icon: the control that holds it carries the words. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${unsafeSVG(drawn[name])}</svg>`;
