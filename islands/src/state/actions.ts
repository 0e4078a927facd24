/** An action that a key, the palette and the help page all know by one name. */
export interface Action {
  readonly id: string;
  readonly title: string;
  /** As `KeyboardEvent.key`, with `Control+` in front where it is held. */
  readonly keys?: string;
  readonly shown?: string;
  readonly run: () => void;
}

/** `Control+k`, `Space`, `a`: how a key press is written in an `Action`. */
export function pressed(key: KeyboardEvent): string {
  const name = key.key === " " ? "Space" : key.key.length === 1 ? key.key.toLowerCase() : key.key;
  return `${key.ctrlKey || key.metaKey ? "Control+" : ""}${name}`;
}

/** Whether a key press belongs to what has the focus (typing, a button's space bar), not to the console. */
export function typing(key: KeyboardEvent): boolean {
  const at = key.target as Element;
  if (at.closest("input, textarea, select, [contenteditable], [data-keys=own]")) return true;
  return key.key === " " && at.closest("button, a, summary, [role=button]") !== null;
}
