/** What every page has: the palette, tap-to-explain, menus that close, the theme. */
import { installExplain } from "../../show/explain";
import { pageJson, t, useWords, type Words } from "../../show/strings";
import { toggleTheme } from "../../show/theme";
import "../../panels/palette";
import type { Finding, Palette } from "../../panels/palette";

/** Every link of the page's navigation and lists, and every heading, by its words. */
function places(): readonly Finding[] {
  const links = document.querySelectorAll<HTMLAnchorElement>("nav a[href], [data-palette] a[href], .list-main a[href], .actions a[href]");
  const pages = Array.from(links, (link) => ({ title: link.textContent.trim(), kind: t("page"), run: () => { link.click(); } }));
  const headings = Array.from(document.querySelectorAll<HTMLElement>("main h2, main h3"), (heading) => ({
    title: heading.textContent.trim(), kind: t("on this page"), run: () => { heading.scrollIntoView({ block: "start" }); },
  }));
  return [...pages, ...headings, { title: t("Light or dark"), kind: t("action"), run: toggleTheme }].filter((one) => one.title);
}

/** Buttons that are of no use without a script are shown now: the theme, and copying what stands in a field. */
function wake(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", toggleTheme);
  }
  for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    const field = document.querySelector<HTMLInputElement>(button.dataset.copy ?? "");
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", () => { copy(field, button); });
  }
}

/** The clipboard exists only in secure contexts; on a plain LAN the selected field is copied as by hand. */
function copy(field: HTMLInputElement, button: HTMLElement): void {
  field.select();
  const done = (): void => { button.textContent = button.dataset.done ?? button.textContent; };
  const byHand = (): void => { if (document.execCommand("copy")) done(); };
  if (window.isSecureContext) navigator.clipboard.writeText(field.value).then(done, byHand);
  else byHand();
}

const REFRESH_MS = 1000;

/** A part that says where its next state is read (`data-refresh`) replaces itself until it says so no more. */
function keepFresh(): void {
  const part = document.querySelector<HTMLElement>("[data-refresh]");
  if (!part) return;
  window.setTimeout(() => { void replace(part).finally(keepFresh); }, REFRESH_MS);
}

async function replace(part: HTMLElement): Promise<void> {
  const answer = await fetch(part.dataset.refresh ?? "", { headers: { Accept: "text/html" } }).catch(() => undefined);
  if (!answer?.ok) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
  if (next && next.outerHTML !== part.outerHTML) part.replaceWith(next);
}

function install(): void {
  useWords({ ...(pageJson<Words>("strings") ?? {}) });
  installExplain();
  wake();
  keepFresh();
  document.addEventListener("click", (click) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) if (!menu.contains(click.target as Node)) menu.open = false;
  });
  const palette = document.createElement("cbd-palette") as Palette;
  palette.items = places;
  document.body.append(palette);
  document.addEventListener("keydown", (key) => {
    if ((key.ctrlKey || key.metaKey) && key.key.toLowerCase() === "k") {
      key.preventDefault();
      palette.show();
    }
  });
}

install();
