import { describe, expect, test } from "vitest";
import { clock, decimal, euros, moment, parsed, parsedClock, percent, plusMinus, quantity, span } from "../src/show/format";
import { ticks } from "../src/show/ticks";

const CELSIUS = { unit: "°C", scale: 1, offset: -273.15, digits: 1 };
const KILOGRAM = { unit: "kg", scale: 1, offset: 0, digits: 0 };
const DAY = 86_400_000;

describe("numbers are written as the reader's language writes them", () => {
  test("French has a decimal comma and narrow no-break spaces", () => {
    expect(decimal(1612.46, 1, "fr")).toBe("1\u202f612,5");
    expect(quantity(310.15, CELSIUS, "fr")).toBe("37,0\u202f°C");
    expect(percent(0.62, 0, "fr")).toBe("62\u202f%");
    expect(euros(4812, "fr")).toBe("4\u202f812\u202f€");
  });
  test("English has a decimal point and commas", () => {
    expect(decimal(1612.46, 1, "en")).toBe("1,612.5");
    expect(percent(0.62, 0, "en")).toBe("62%");
    expect(quantity(1612, KILOGRAM, "en")).toBe("1,612\u202fkg");
  });
  test("a minus is a minus and zero has none", () => {
    expect(decimal(-3.2, 1, "fr")).toBe("\u22123,2");
    expect(decimal(-0.04, 1, "fr")).toBe("0,0");
  });
  test("what is not a number is a dash", () => {
    for (const nothing of [null, undefined, NaN, Infinity]) expect(decimal(nothing, 1, "fr")).toBe("—");
  });
  test("an error is a difference: the offset of its scale does not touch it", () => {
    expect(plusMinus(0.5, CELSIUS, "fr")).toBe("±\u202f0,5");
  });
});

test("both notations can be typed, nonsense cannot", () => {
  expect(parsed("1 612,5")).toBe(1612.5);
  expect(parsed("1\u202f612.5")).toBe(1612.5);
  expect(parsed("\u22123")).toBe(-3);
  expect(parsed(",5")).toBe(0.5);
  for (const nonsense of ["", "12,3,4", "1e5", "abc", "--2"]) expect(parsed(nonsense)).toBeUndefined();
});

describe("the simulated clock", () => {
  const now = 5 * DAY + ((14 * 60 + 32) * 60 + 10) * 1000;
  test("names the day by its letter", () => {
    expect(clock(now, "fr")).toBe("J\u00a05 · 14:32:10");
    expect(clock(now, "en")).toBe("D\u00a05 · 14:32:10");
    expect(clock(0, "fr")).toBe("J\u00a00 · 00:00:00");
  });
  test("a moment of another day says which, one before the flight is a dash", () => {
    expect(moment(now - 60_000, now, "fr")).toBe("14:31:10");
    expect(moment(now - DAY, now, "fr")).toBe("J4 14:32");
    expect(moment(-1, now, "fr")).toBe("—");
  });
  test("spans keep their two largest parts", () => {
    expect(span(380_000, "fr")).toBe("6\u202fmin 20\u202fs");
    expect(span(2 * 3_600_000 + 5 * 60_000 + 4000, "fr")).toBe("2\u202fh 05\u202fmin");
    expect(span(DAY + 4 * 3_600_000, "en")).toBe("1\u202fd 4\u202fh");
    expect(span(-5, "fr")).toBe("0\u202fs");
  });
  test("a time can be typed with or without its day; one that has passed is tomorrow's", () => {
    expect(parsedClock("15:00", now)).toBe(5 * DAY + 15 * 3_600_000);
    expect(parsedClock("14h00", now)).toBe(6 * DAY + 14 * 3_600_000);
    expect(parsedClock("J 6 · 08:30", now)).toBe(6 * DAY + 8.5 * 3_600_000);
    for (const nonsense of ["", "25:00", "12:75", "tomorrow"]) expect(parsedClock(nonsense, now)).toBeUndefined();
  });
});

test("an axis names no time before the lot began", () => {
  expect(ticks(-5_400_000, 1_800_000, 400)).toEqual([0, 1_800_000]);
});
