import { expect, test, vi } from "vitest";
import { markdown } from "../src/show/markdown";

vi.mock("../src/show/explain", () => ({ explained: (text: string) => text }));

const written = (piece: unknown): string => {
  if (Array.isArray(piece)) return piece.map(written).join("");
  if (typeof piece !== "object" || piece === null || !("strings" in piece)) return String(piece);
  const { strings, values } = piece as { strings: readonly string[]; values: readonly unknown[] };
  return strings.map((one, i) => one + (i < values.length ? written(values[i]) : "")).join("").replace(/\n\s*/g, "");
};

test("a table of a brief is a table, its first line the head", () => {
  const brief = "Before.\n\n| Day | What |\n|---|---|\n| 0 | **300 L** |\n| 3 | feed | \n\nAfter.";
  expect(written(markdown(brief))).toBe('<p>Before.</p><table class="rows"><thead><tr><th scope="col">Day</th><th scope="col">What</th></tr></thead>'
    + "<tbody><tr><td>0</td><td><strong>300 L</strong></td></tr><tr><td>3</td><td>feed</td></tr></tbody></table><p>After.</p>");
});

test("lists and paragraphs stay what they are", () => {
  expect(written(markdown("- one\n- two\n\n1. first\n\n## Title\nand *more*"))).toBe("<ul><li>one</li><li>two</li></ul><ol><li>first</li></ol><p>Title and <em>more</em></p>");
});
