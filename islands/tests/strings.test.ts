import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const table = JSON.parse(readFileSync(resolve(root, "strings.json"), "utf8")) as Record<string, Record<string, string>>;
const sources = readdirSync(resolve(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts")).map((name) => readFileSync(resolve(root, "src", name), "utf8")).join("\n");
/** Trend groups are named by the plants, not by the source. */
const plants = resolve(root, "../content/plants");
const described = readdirSync(plants).map((name) => readFileSync(resolve(plants, name, "plant.yaml"), "utf8")).join("\n");
const GROUPS = [...new Set([...described.matchAll(/\bgroup: (\w+)/g)].map((found) => found[1]!))];

test("every trend group of a plant has its word", () => {
  expect(GROUPS.filter((name) => !(name in table))).toEqual([]);
});

test("every text that the source asks for stands in the table", () => {
  const asked = [...sources.matchAll(/\bt\(\s*"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1]!);
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.filter((one) => !(one in table))).toEqual([]);
});

test("no text of the table is forgotten by the source", () => {
  expect(Object.keys(table).filter((key) => !GROUPS.includes(key) && !sources.includes(`"${key}"`) && !new RegExp(`\\b${key}:`).test(sources))).toEqual([]);
});

test.each(Object.entries(table))("%s has both languages with the same holes", (_key, both) => {
  const holes = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
  expect(both.fr && both.en).toBeTruthy();
  expect(holes(both.fr!)).toEqual(holes(both.en!));
});

test("French signs stand behind a narrow no-break space", () => {
  const wrong = Object.values(table).map((both) => both.fr!).filter((text) => /[^\u202f\d][:;!?%»]/.test(text.replace(/\{[^}]*\}/g, "x")) || /«[^\u202f]/.test(text));
  expect(wrong).toEqual([]);
});
