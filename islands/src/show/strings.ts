/** The words of the screen: English sources as keys, translated by a table that the page carries. */

export type Words = Readonly<Record<string, string>>;
export type Filling = Readonly<Record<string, string | number>>;

let words: Words = {};

export function useWords(table: Words): void {
  words = table;
}

/** `source` in the page's language, with `{name}` filled in. Every source stands in `islands/strings.json`. */
export function t(source: string, filling: Filling = {}): string {
  const text = words[source] ?? source;
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(filling[name] ?? hole));
}

/** Reads the JSON that a page carries in `<script type="application/json" id="…">`. */
export function pageJson<T>(id: string): T | undefined {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : undefined;
}
