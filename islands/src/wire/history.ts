/** History as binary columns: least and greatest value of each tag in each time bucket, without copying. */

export interface Column {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

export interface History {
  /** Simulated ms at the middle of each bucket, ascending. */
  readonly time: Float64Array;
  readonly columns: ReadonlyMap<string, Column>;
}

export const EMPTY: History = { time: new Float64Array(0), columns: new Map() };

interface Header {
  readonly tags: readonly string[];
  readonly count: number;
}

/** uint32 header length, JSON header, padding to 8 bytes, Float64 time[n], then Float32 low[n], high[n] per tag. */
export function decoded(buffer: ArrayBuffer): History {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length))) as Header;
  let at = Math.ceil((4 + length) / 8) * 8;
  const need = at + header.count * 8 * (1 + header.tags.length);
  if (buffer.byteLength < need) throw new RangeError(`history has ${buffer.byteLength} bytes and needs ${need}`);
  const time = new Float64Array(buffer, at, header.count);
  at += header.count * 8;
  const columns = new Map<string, Column>();
  for (const tag of header.tags) {
    const low = new Float32Array(buffer, at, header.count);
    const high = new Float32Array(buffer, at + header.count * 4, header.count);
    columns.set(tag, { low, high });
    at += header.count * 8;
  }
  return { time, columns };
}

/** Index of the last bucket at or before `time`, -1 if none. */
export function indexAt(time: Float64Array, at: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where history comes from: the live session, or one of the runs that a debrief compares. */
export interface HistorySource {
  read(tags: readonly string[], span: Span, buckets: number): Promise<History>;
  csv(tags: readonly string[], span: Span): string;
}

const EVER = 400 * 86_400_000;

/** The band in which the plant's healthy lots run, read once per tag. */
export class Golden {
  readonly #url: string;
  readonly #read = new Map<string, Promise<History>>();

  constructor(url: string) {
    this.#url = url;
  }

  /** One column, `address`; empty for a tag that has no band. */
  of(address: string): Promise<History> {
    let found = this.#read.get(address);
    if (!found) this.#read.set(address, found = this.#fetch(address));
    return found;
  }

  async #fetch(address: string): Promise<History> {
    const answer = await fetch(`${this.#url}?${new URLSearchParams({ tags: address, from: "0", to: String(EVER) })}`, { credentials: "same-origin" });
    if (!answer.ok) return EMPTY;
    const { time, columns } = decoded(await answer.arrayBuffer());
    const column = columns.values().next().value;
    return column ? { time, columns: new Map([[address, column]]) } : EMPTY;
  }
}

/** `history` relative to `base`; `run` names a debrief's run. */
export function httpHistory(base: string, run = ""): HistorySource {
  const folder = run ? "debrief/" : "";
  const query = (tags: readonly string[], { from, to }: Span): URLSearchParams => {
    const asked = new URLSearchParams({ tags: tags.join(","), from: String(Math.round(from)), to: String(Math.round(to)) });
    if (run) asked.set("run", run);
    return asked;
  };
  return {
    async read(tags, span, buckets) {
      const asked = query(tags, span);
      asked.set("buckets", String(buckets));
      const answer = await fetch(`${base}${folder}history?${asked}`, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(`history answered ${answer.status}`);
      return decoded(await answer.arrayBuffer());
    },
    csv: (tags, span) => `${base}${folder}history.csv?${query(tags, span)}`,
  };
}
