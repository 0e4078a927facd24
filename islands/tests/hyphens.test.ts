import { expect, test } from "vitest";
import { hyphenated } from "../src/show/hyphens";

const shown = (text: string): string => hyphenated(text).replaceAll("\u00ad", "-");

test("a long word may break before its syllables, three letters from either end", () => {
  expect(shown("Remplissage")).toBe("Remplis-sage");
  expect(shown("Décontamination au H2O2")).toBe("Décon-ta-mi-na-tion au H2O2");
  expect(shown("Interventions aux gants")).toBe("Inter-ven-tions aux gants");
  expect(shown("Overconcentrate")).toBe("Over-con-centrate");
});

test("short words, tags and the text itself are left as they are", () => {
  expect(hyphenated("Filtration TT-901")).toBe(`Filtra\u00adtion TT-901`);
  expect(hyphenated("Charge")).toBe("Charge");
  expect(hyphenated("Réapprovisionnement en glace").replaceAll("\u00ad", "")).toBe("Réapprovisionnement en glace");
});
