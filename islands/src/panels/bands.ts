/** The limits and the golden band of the pen in hand, behind its curve: thin bands and lines, each with its word. */
import type uPlot from "uplot";
import type { Limit } from "../protocol";
import { toShown } from "../show/format";
import { t } from "../show/strings";
import type { Pen } from "../state/pens";
import { LEVEL_WORDS } from "../state/reading";
import { indexAt, type History } from "../wire/history";

export const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const LINES: Readonly<Record<string, { readonly colour: string; readonly dash: readonly number[] }>> = {
  normal_operating_range: { colour: "--strong-line", dash: [] },
  proven_acceptable_range: { colour: "--muted", dash: [6, 3] },
  alert: { colour: "--amber", dash: [1, 3] },
  action: { colour: "--red", dash: [1, 3] },
  critical: { colour: "--red", dash: [] },
};

export interface Bands {
  readonly pen: Pen;
  readonly limits: readonly Limit[];
  readonly golden: History | undefined;
}

/** Healthy lots, the normal range, then one line per limit. */
export function drawBands(u: uPlot, { pen, limits, golden }: Bands): void {
  const { left, top, width, height } = u.bbox;
  const { ctx } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  const y = (si: number): number => u.valToPos(toShown(si, pen.format), pen.scale, true);
  for (const { level, low, high } of limits) {
    if (level !== "normal_operating_range") continue;
    const [above, below] = [high === null ? top : Math.max(top, y(high)), low === null ? top + height : Math.min(top + height, y(low))];
    ctx.fillStyle = css("--band");
    ctx.fillRect(left, above, width, Math.max(0, below - above));
  }
  if (golden) drawGolden(u, pen, golden);
  const edges = limits.flatMap(({ level, low, high }) => [low, high].flatMap((si) => (si === null ? [] : [{ level, at: y(si), upper: si === high }])));
  const shown = edges.filter(({ level, at }) => level in LINES && at >= top && at <= top + height);
  for (const edge of shown) drawLine(u, edge);
  const named: number[] = [];
  for (const edge of shown) drawWord(u, edge, named);
  ctx.restore();
}

function drawGolden(u: uPlot, pen: Pen, golden: History): void {
  const column = golden.columns.get(pen.address);
  if (!column) return;
  const { ctx } = u;
  const at = (i: number, si: number): [number, number] => [u.valToPos(golden.time[i]!, "x", true), u.valToPos(toShown(si, pen.format), pen.scale, true)];
  ctx.beginPath();
  golden.time.forEach((_, i) => { ctx.lineTo(...at(i, column.high[i]!)); });
  for (let i = golden.time.length - 1; i >= 0; i -= 1) ctx.lineTo(...at(i, column.low[i]!));
  ctx.fillStyle = css("--golden");
  ctx.fill();
  const last = indexAt(golden.time, u.scales.x?.max ?? 0);
  if (last < 0) return;
  ctx.font = `${10.5 * devicePixelRatio}px ${css("--font-text")}`;
  ctx.fillStyle = css("--muted");
  ctx.textAlign = "right";
  ctx.textBaseline = "alphabetic";
  const whole = t("Band of healthy lots, 5th to 95th percentile");
  const words = ctx.measureText(whole).width < u.bbox.width / 3 ? whole : t(LEVEL_WORDS.golden!);
  ctx.fillText(words, u.bbox.left + u.bbox.width - 4 * devicePixelRatio, at(last, column.low[last]!)[1] + 12 * devicePixelRatio);
}

interface Edge {
  readonly level: Limit["level"];
  readonly at: number;
  readonly upper: boolean;
}

function drawLine(u: uPlot, { level, at }: Edge): void {
  const { left, width } = u.bbox;
  const { ctx } = u;
  ctx.strokeStyle = css(LINES[level]!.colour);
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(LINES[level]!.dash.map((one) => one * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(left, at);
  ctx.lineTo(left + width, at);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** `named`: heights at which a word stands already; one that would touch another is left out. No line runs through it. */
function drawWord(u: uPlot, { level, at, upper }: Edge, named: number[]): void {
  const { left, top, height } = u.bbox;
  const { ctx } = u;
  const unit = devicePixelRatio;
  const baseline = upper ? at - 3 * unit : at + 10 * unit;
  if (baseline - 9 * unit < top || baseline > top + height || named.some((one) => Math.abs(one - baseline) < 11 * unit)) return;
  named.push(baseline);
  const word = t(LEVEL_WORDS[level] ?? level);
  ctx.textBaseline = "alphabetic";
  ctx.textAlign = "left";
  ctx.font = `${10.5 * unit}px ${css("--font-text")}`;
  ctx.strokeStyle = css("--panel");
  ctx.lineWidth = 3 * unit;
  ctx.lineJoin = "round";
  ctx.strokeText(word, left + 4 * unit, baseline);
  ctx.fillStyle = css(level === "alert" ? "--amber-ink" : level === "action" || level === "critical" ? "--red-ink" : "--muted");
  ctx.fillText(word, left + 4 * unit, baseline);
}
