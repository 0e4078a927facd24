/** A uPlot that fills its host: made anew when its shape or the light changes, fed otherwise. */
import uPlot from "uplot";

export interface Shown {
  /** What asks for another plot when it changes: which series, which axes. */
  readonly shape: string;
  readonly data: uPlot.AlignedData;
  readonly view: readonly [number, number];
  /** Whether it is what is on the screen already. */
  readonly same: boolean;
  options(width: number, height: number): uPlot.Options;
}

const light = (): string => `${document.documentElement.dataset.theme ?? ""}${matchMedia("(prefers-color-scheme: dark)").matches}`;

export class Surface {
  #plot: uPlot | undefined;
  #shape = "";
  readonly #host: HTMLElement;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  get plot(): uPlot | undefined {
    return this.#plot;
  }

  destroy(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#shape = "";
  }

  /** Whether the plot was made anew. */
  show({ shape, data, view, same, options }: Shown): boolean {
    const [width, height] = [this.#host.clientWidth, this.#host.clientHeight];
    if (width < 40 || height < 40) return false;
    const now = `${shape}|${light()}`;
    if (!this.#plot || now !== this.#shape) {
      this.destroy();
      this.#shape = now;
      this.#plot = new uPlot(options(width, height), data, this.#host);
      return true;
    }
    const plot = this.#plot;
    const sized = plot.width === width && plot.height === height;
    if (same && sized) return false;
    if (!sized) plot.setSize({ width, height });
    plot.setData(data, false);
    plot.batch(() => { plot.setScale("x", { min: view[0], max: view[1] }); });
    plot.redraw(true, true);
    return false;
  }
}

/** Draw within the plotting area alone. */
export function clipped(u: uPlot, draw: () => void): void {
  u.ctx.save();
  u.ctx.beginPath();
  u.ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
  u.ctx.clip();
  draw();
  u.ctx.restore();
}
