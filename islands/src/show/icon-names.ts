/** Every icon used, by its name in the open set (lucide, ISC): the build makes a module and a sprite from this list. */
export const ICONS = [
  "waypoints", "chart-line", "bell", "test-tube", "notebook", "hard-hat", "circle-question-mark",
  "pause", "play", "chevron-down", "chevron-right", "chevron-left", "check", "x", "plus", "minus", "search", "sun-moon",
  "languages", "clock", "wifi", "wifi-off", "wrench", "git-branch", "share-2", "menu", "book-open", "footprints",
  "download", "table", "zoom-in", "zoom-out", "skip-forward", "rotate-ccw", "keyboard", "eye", "list", "link", "user",
  "flag", "triangle-alert", "clipboard-list", "arrow-right", "timer", "house",
  "milk", "spline", "funnel", "gauge", "thermometer", "copy", "eye-off",
] as const;

export type IconName = (typeof ICONS)[number];
