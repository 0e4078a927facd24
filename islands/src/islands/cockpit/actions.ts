/** Every command of the seat, by one name for the keyboard, the palette and the help page. */
import { t } from "../../show/strings";
import { toggleTheme } from "../../show/theme";
import type { Action } from "../../state/actions";
import { VIEWS, type Desk } from "../../state/desk";
import { standing, UNACKNOWLEDGED } from "../../state/reading";
import { holdOrRestart, otherMode, recipeOf } from "../../state/recipe";
import type { Finding } from "../../panels/palette";
import { VIEW_WORDS } from "../../panels/rail";

function faster(desk: Desk, direction: number): void {
  const { running, speed } = desk.clock.peek();
  const from = running ? speed : 1;
  const next = direction > 0 ? desk.paces.find((one) => one > from) : desk.paces.findLast((one) => one < from);
  if (next !== undefined) desk.run(next);
}

const urgent = (desk: Desk): string | undefined => standing(desk.index, desk.frame.peek())[0]?.alarm.address;

function acknowledge(desk: Desk): void {
  const first = standing(desk.index, desk.frame.peek()).find((one) => one.state === UNACKNOWLEDGED);
  if (first) void desk.command({ kind: "acknowledge_alarm", alarm: first.alarm.address });
}

export function actionsOf(desk: Desk): readonly Action[] {
  const { screen } = desk;
  const live = desk.mode === "live";
  const views = VIEWS.map((view, i): Action => ({ id: view, title: t("View: {name}", { name: t(VIEW_WORDS[view].words) }), keys: String(i + 1), run: () => { screen.view.value = view; } }));
  const flying: readonly Action[] = live ? [
    { id: "freeze", title: t("Freeze or resume the clock"), keys: "Space", shown: t("Space"), run: () => { if (desk.clock.peek().running) desk.freeze(); else desk.resume(); } },
    { id: "faster", title: t("Faster"), keys: ">", run: () => { faster(desk, 1); } },
    { id: "slower", title: t("Slower"), keys: "<", run: () => { faster(desk, -1); } },
    { id: "until", title: t("Run until…"), keys: "u", shown: "U", run: () => { screen.dialog.value = { name: "until" }; } },
    { id: "acknowledge", title: t("Acknowledge the most urgent alarm"), keys: "a", shown: "A", run: () => { acknowledge(desk); } },
    { id: "phase", title: t("Start the next phase"), keys: "p", shown: "P", run: () => { screen.dialog.value = { name: "phase" }; } },
    { id: "hold", title: t("Hold or restart the recipe"), keys: "h", shown: "H", run: () => { void desk.command(holdOrRestart(recipeOf(desk.console, desk.frame.peek()))); } },
    { id: "recipe-mode", title: t("Recipe in automatic or semi-automatic"), keys: "m", shown: "M", run: () => { void desk.command(otherMode(recipeOf(desk.console, desk.frame.peek()))); } },
  ] : [];
  return [
    ...flying,
    { id: "sheet", title: t("Response sheet of the most urgent alarm"), keys: "r", shown: "R", run: () => { const subject = urgent(desk); if (subject) screen.dialog.value = { name: "sheet", subject }; } },
    { id: "brief", title: t("Brief"), keys: "b", shown: "B", run: () => { screen.dialog.value = { name: "brief" }; } },
    { id: "field", title: t("Field"), keys: "f", shown: "F", run: () => { screen.view.value = "field"; } },
    { id: "setpoint", title: t("To the set-point of the faceplate"), keys: "s", shown: "S", run: () => { document.querySelector<HTMLElement>("cbd-faceplate input")?.focus(); } },
    ...views,
    ...desk.console.charts.map((one, i): Action => ({ id: `chart-${one.slug}`, title: t("Chart: {name}", { name: one.title }), ...(i === 0 ? { keys: "c", shown: "C" } : {}), run: () => { screen.view.value = "trends"; screen.chart.value = one.slug; } })),
    { id: "palette", title: t("Search: tags, actions, pages"), keys: "Control+k", shown: "Ctrl K", run: () => { screen.dialog.value = { name: "palette" }; } },
    { id: "keys", title: t("Keys and help"), keys: "?", run: () => { screen.view.value = "help"; } },
    { id: "theme", title: t("Light or dark"), run: toggleTheme },
    { id: "tour", title: t("Guided tour"), run: () => { screen.tour.value = 0; } },
  ];
}

/** All that the palette finds: actions, tags, loops, alarms with their sheets, field stations, and the page's links. */
export function findings(desk: Desk, actions: readonly Action[]): readonly Finding[] {
  const { console: doc, screen } = desk;
  const select = (address: string) => (): void => {
    screen.view.value = "synoptic";
    screen.select(address);
  };
  return [
    ...doc.instruments.map((one) => ({ title: `${one.tag} ${one.title}`, kind: t("tag"), run: select(one.address) })),
    ...doc.loops.map((one) => ({ title: `${one.tag} ${one.title}`, kind: t("loop"), run: select(one.address) })),
    ...actions.map((one) => ({ title: one.title, kind: t("action"), run: one.run, ...(one.keys ? { keys: one.shown ?? one.keys } : {}) })),
    ...doc.alarms.map((one) => ({ title: `${one.tag} ${one.title}`, kind: t("response sheet"), run: () => { screen.dialog.value = { name: "sheet", subject: one.address }; } })),
    ...Array.from(document.querySelectorAll<HTMLAnchorElement>("[data-palette] a[href], a[data-palette]"), (link) => ({ title: link.textContent.trim(), kind: t("page"), run: () => { link.click(); } })),
  ];
}
