/** Soft hyphens, so that a long word breaks where a reader would break it, and with a hyphen. */

const VOWEL = "aeiouyàâéèêëîïôöûùü";
const CONSONANT = "bcdfghjklmnpqrstvwxzç";
const BEFORE_SYLLABLE = new RegExp(`(?<=[${VOWEL}][${CONSONANT}]?)(?=[${CONSONANT}][${VOWEL}])`, "gi");
/** Letters that stay together at either end of a word. */
const LEAST = 3;
const LONG = 9;

/** The text with places where its words of nine letters and more may break: before a consonant that begins a syllable. */
export function hyphenated(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => word.length < LONG ? word
    : word.replace(BEFORE_SYLLABLE, (_none, at: number) => at >= LEAST && word.length - at >= LEAST ? "\u00ad" : ""));
}
