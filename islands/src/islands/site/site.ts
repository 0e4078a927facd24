/** What every page has: the palette, tap-to-explain, menus that close, the theme. */
import { installExplain } from "../../show/explain";
import { pageJson, t, useWords, type Words } from "../../show/strings";
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

/** The server reads the cookie, so that the next page is drawn in it from the first byte. */
function toggleTheme(): void {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
}

function install(): void {
  useWords({ ...(pageJson<Words>("strings") ?? {}) });
  installExplain();
  for (const button of document.querySelectorAll("[data-theme-toggle]")) button.addEventListener("click", toggleTheme);
  document.addEventListener("click", (click) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) if (!menu.contains(click.target as Node)) menu.open = false;
  });
  if (document.querySelector("cbd-cockpit, cbd-debrief")) return;
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
