/** An alarm's priority by colour, shape and word. */
import { html, svg, type TemplateResult } from "lit";
import { t } from "../show/strings";

const SHAPES = {
  1: svg`<path d="M7 1h6l6 6v6l-6 6H7l-6-6V7z" />`,
  2: svg`<path d="M10 1.5 19.3 18H.7z" />`,
  3: svg`<path d="M10 .8 19.2 10 10 19.2.8 10z" />`,
  4: svg`<circle cx="10" cy="10" r="8.6" />`,
} as const;

const WORDS = ["", "Critical", "High", "Medium", "Low"];

export function badge(priority: number, active = true): TemplateResult {
  const level = Math.min(4, Math.max(1, priority)) as 1 | 2 | 3 | 4;
  return html`<span class="badge p${level} ${active ? "" : "calm"}">
    <svg viewBox="0 0 20 20" aria-hidden="true">${SHAPES[level]}</svg>P${level}<span class="sr-only"> ${t(WORDS[level]!)}</span>
  </span>`;
}
