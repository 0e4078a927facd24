/** A measured value on its range, with its normal band and the set-point as a mark. Geometry only: no inline style. */
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Instrument, Limit } from "../protocol";

const share = (value: number, low: number, high: number): number => Math.min(100, Math.max(0, ((value - low) / (high - low || 1)) * 100));

export interface BarValues {
  readonly instrument: Instrument;
  readonly value: number | null;
  readonly setpoint: number | undefined;
  readonly limits: readonly Limit[];
}

export function bar({ instrument, value, setpoint, limits }: BarValues): TemplateResult {
  const { low, high } = instrument;
  const at = (x: number): number => share(x, low, high);
  const normal = limits.find((one) => one.level === "normal_operating_range");
  const marks = limits.filter((one) => one.level === "alert" || one.level === "action").flatMap((one) => [one.low, one.high]);
  return html`<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
    <rect class="bar-track" x="0" y="4" width="100" height="4" rx="1" />
    ${normal ? svg`<rect class="bar-normal" x=${at(normal.low ?? low)} y="4" width=${at(normal.high ?? high) - at(normal.low ?? low)} height="4" />` : nothing}
    ${value === null ? nothing : svg`<rect class="bar-fill" x="0" y="4" width=${at(value)} height="4" />`}
    ${marks.map((one) => (one === null ? nothing : svg`<line class="bar-limit" x1=${at(one)} x2=${at(one)} y1="2.5" y2="9.5" />`))}
    ${setpoint === undefined || !Number.isFinite(setpoint) ? nothing : svg`<line class="bar-setpoint" x1=${at(setpoint)} x2=${at(setpoint)} y1="0" y2="12" />`}
  </svg>`;
}
