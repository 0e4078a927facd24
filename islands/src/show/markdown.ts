/** The small Markdown of briefs and response sheets as templates: paragraphs, lists, tables, bold, italic, code, glossary terms. */
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

/** A pipe table: its first line heads the columns, the second only rules. */
function table([head = "", , ...rows]: readonly string[], glossary: Glossary): TemplateResult {
  const cells = (line: string): readonly string[] => line.replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
  return html`<table class="rows"><thead><tr>${cells(head).map((cell) => html`<th scope="col">${inline(cell, glossary)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${cells(row).map((cell) => html`<td>${inline(cell, glossary)}</td>`)}</tr>`)}</tbody></table>`;
}

/** `source` in blocks: lines that begin with `- ` or `1. ` make lists, with `|` tables, blank lines part paragraphs. */
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
      if (lines.length > 1 && lines.every((line) => line.startsWith("|")) && /^[|\s:-]+$/.test(lines[1]!)) return table(lines, glossary);
      return html`<p>${inline(lines.map((line) => line.replace(/^#+ /, "")).join(" "), glossary)}</p>`;
    });
}
