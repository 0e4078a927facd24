/** Finding a tag as it is written on drawings and as it is written in sentences. */
import { expect, test } from "vitest";
import { found, type Finding } from "../src/panels/palette";

const nothing = (): void => undefined;
const all: readonly Finding[] = ["TT-101 Température", "HIC-301 Débourbage", "Loi d’Arrhenius"].map((title) => ({ title, kind: "tag", run: nothing }));

test.each(["XT", "TT-102"])("%s finds nothing", (query) => {
  expect(found(all, query)).toEqual([]);
});

test.each([["TT-101", 0], ["tt101", 0], ["HIC301", 1], ["hic-301 débour", 1]])("%s finds its tag", (query, at) => {
  expect(found(all, query)).toEqual([all[at]]);
});
