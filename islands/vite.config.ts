import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { ICONS } from "./src/show/icon-names.ts";

const root = resolve(import.meta.dirname, "src");
const require = createRequire(import.meta.url);

const drawing = (name: string): string =>
  readFileSync(require.resolve(`lucide-static/icons/${name}.svg`), "utf8")
    .replace(/<!--[^]*?-->/g, "")
    .replace(/^[^]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/\s+/g, " ")
    .trim();

/** The open icon set twice from one list: `virtual:icons` for the islands, `icons.svg` (a sprite) for Django's pages. */
export function icons(): Plugin {
  return {
    name: "icons",
    resolveId: (id) => (id === "virtual:icons" ? "\0virtual:icons" : undefined),
    load(id) {
      if (id !== "\0virtual:icons") return undefined;
      const drawn = Object.fromEntries(ICONS.map((name) => [name, drawing(name)]));
      return `export default ${JSON.stringify(drawn)};`;
    },
    generateBundle() {
      const symbols = ICONS.map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${drawing(name)}</symbol>`);
      const pen = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"';
      const source = `<svg xmlns="http://www.w3.org/2000/svg" ${pen}>${symbols.join("")}</svg>`;
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
    },
  };
}

export default defineConfig({
  root,
  base: "./",
  publicDir: false,
  plugins: [icons()],
  build: {
    target: "es2022",
    outDir: resolve(import.meta.dirname, "../src/campus/site/static/islands"),
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: { sanitizeFileName: (name: string) => name.replace(/[^\w.-]+/g, "-").toLowerCase() },
      input: {
        cockpit: resolve(root, "cockpit.ts"),
        debrief: resolve(root, "debrief.ts"),
        site: resolve(root, "site.ts"),
        base: resolve(root, "base.css"),
      },
    },
  },
});
