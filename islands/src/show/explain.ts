/** Tap to explain: words of the glossary become buttons that open a short definition beside them. */
import { html, type TemplateResult } from "lit";
import { t } from "./strings";

export type Glossary = Readonly<Record<string, string>>;

const patterns = new WeakMap<Glossary, RegExp | null>();

function pattern(glossary: Glossary): RegExp | null {
  let found = patterns.get(glossary);
  if (found === undefined) {
    const terms = Object.keys(glossary).sort((a, b) => b.length - a.length);
    const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    found = terms.length ? new RegExp(`(?<![\\p{L}\\d])(${escaped.join("|")})(?![\\p{L}\\d])`, "giu") : null;
    patterns.set(glossary, found);
  }
  return found;
}

/** `text` with the first use of each term made explainable. */
export function explained(text: string, glossary: Glossary): readonly (TemplateResult | string)[] {
  const terms = pattern(glossary);
  if (!terms) return [text];
  const meanings = new Map(Object.entries(glossary).map(([term, meaning]) => [term.toLowerCase(), meaning]));
  const seen = new Set<string>();
  return text.split(terms).map((part) => {
    const meaning = meanings.get(part.toLowerCase());
    if (meaning === undefined || seen.has(part.toLowerCase())) return part;
    seen.add(part.toLowerCase());
    return html`<button type="button" class="term" data-explain=${meaning}>${part}</button>`;
  });
}

let bubble: HTMLElement | undefined;

function close(): void {
  bubble?.remove();
  bubble = undefined;
}

function place(target: HTMLElement, box: HTMLElement): void {
  const at = target.getBoundingClientRect();
  const width = Math.min(320, window.innerWidth - 24);
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(12, Math.min(at.left, window.innerWidth - width - 12))}px`;
  const below = at.bottom + 8;
  const fits = below + box.offsetHeight < window.innerHeight;
  box.style.top = `${fits ? below : Math.max(8, at.top - box.offsetHeight - 8)}px`;
}

function open(target: HTMLElement): void {
  const box = document.createElement("div");
  box.className = "explain-bubble";
  box.setAttribute("role", "status");
  const word = document.createElement("strong");
  word.textContent = target.textContent;
  const text = document.createElement("p");
  text.textContent = target.dataset.explain ?? "";
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "quiet";
  shut.textContent = t("Close");
  shut.addEventListener("click", () => {
    close();
    target.focus();
  });
  box.append(word, text, shut);
  (target.closest("dialog") ?? document.body).append(box);
  place(target, box);
  bubble = box;
}

let installed = false;

/** Listens once, for islands and for the definitions (`data-explain`) that Django's pages carry. */
export function installExplain(): void {
  if (installed) return;
  installed = true;
  document.addEventListener("click", (click) => {
    const at = click.target as Element;
    const target = at.closest<HTMLElement>("[data-explain]");
    if (bubble?.contains(at)) return;
    const again = target !== null && bubble?.dataset.of === target.dataset.explain;
    close();
    if (target && !again) {
      open(target);
      if (bubble) bubble.dataset.of = target.dataset.explain;
    }
  });
  document.addEventListener("keydown", (key) => {
    if (key.key === "Escape" && bubble) {
      key.stopPropagation();
      close();
    }
  }, true);
}
