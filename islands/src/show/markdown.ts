/** The small Markdown of briefs and response sheets as templates: paragraphs, lists, bold, italic, code, glossary terms. */
import { html, type TemplateResult } from "lit";
import { explained, type Glossary } from "./explain";

type Piece = TemplateResult | string | readonly (TemplateResult | string)[];

function inline(text: string, glossary: Glossary): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const part of text.split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*|`[^`]+`)/)) {
    if (part.startsWith("**")) pieces.push(html`<strong>${explained(part.slice(2, -2), glossary)}</strong>`);
    else if (part.startsWith("*") && part.length > 2) pieces.push(html`<em>${explained(part.slice(1, -1), glossary)}</em>`);
    else if (part.startsWith("`")) pieces.push(html`<code>${part.slice(1, -1)}</code>`);
    else if (part) pieces.push(explained(part, glossary));
  }
  return pieces;
}

/** `source` in blocks: lines that begin with `- ` or `1. ` make lists, blank lines part paragraphs. */
export function markdown(source: string, glossary: Glossary = {}): readonly TemplateResult[] {
  return source
    .trim()
    .split(/\n\s*\n/)
    .filter(Boolean)
    .map((block) => {
      const lines = block.split("\n").map((line) => line.trim());
      if (lines.every((line) => /^[-*] /.test(line))) {
        return html`<ul>${lines.map((line) => html`<li>${inline(line.slice(2), glossary)}</li>`)}</ul>`;
      }
      if (lines.every((line) => /^\d+\. /.test(line))) {
        return html`<ol>${lines.map((line) => html`<li>${inline(line.replace(/^\d+\. /, ""), glossary)}</li>`)}</ol>`;
      }
      return html`<p>${inline(lines.map((line) => line.replace(/^#+ /, "")).join(" "), glossary)}</p>`;
    });
}
