/** The alarm list (ISA-18.2): what stands, what was seen, what lies on the shelf; one key to the response sheet. */
import { html, nothing, type TemplateResult } from "lit";
import { dayMinute, moment } from "../show/format";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { nowOf } from "../state/desk";
import { against, ACKNOWLEDGED, RETURNED, SHELVED, standing, UNACKNOWLEDGED, type Standing } from "../state/reading";
import { badge } from "./badge";
import { Panel } from "./panel";

const STATES: Readonly<Record<number, string>> = {
  [UNACKNOWLEDGED]: "to acknowledge",
  [ACKNOWLEDGED]: "acknowledged",
  [RETURNED]: "back to normal, to acknowledge",
  [SHELVED]: "on the shelf",
};

const active = (one: Standing): boolean => one.state === UNACKNOWLEDGED || one.state === ACKNOWLEDGED;

/** The short list beside the synoptic. */
export class AlarmSummary extends Panel {
  protected override render(): TemplateResult {
    const { desk } = this;
    const all = standing(desk.index, desk.frame.value).filter((one) => one.state !== SHELVED);
    const acknowledged = all.filter((one) => one.state === ACKNOWLEDGED).length;
    const now = nowOf(desk);
    return html`<section class="panel alarm-summary" aria-label=${t("Alarms")}>
      <header class="panel-head"><h2 class="panel-title">${t("Alarms · {active} active, {known} acknowledged", { active: all.filter(active).length, known: acknowledged })}</h2></header>
      ${all.length === 0 ? html`<p class="empty">${desk.frame.value ? t("Nothing calls for you.") : t("Loading…")}</p>` : nothing}
      <ul>${all.map((one) => html`<li><button type="button" class="alarm-line ${one.state === UNACKNOWLEDGED ? "fresh" : "known"}" @click=${() => { desk.screen.dialog.value = { name: "sheet", subject: one.alarm.address }; }}>
        ${badge(one.alarm.priority, one.state === UNACKNOWLEDGED)}<span class="alarm-title"><span class="mono">${one.alarm.tag}</span> ${one.alarm.title}</span>
        <time>${moment(one.since, now, desk.language)}</time><span class="sr-only">${t(STATES[one.state] ?? "")}</span></button></li>`)}</ul>
    </section>`;
  }
}

/** The whole list, with its actions. */
export class AlarmList extends Panel {
  protected override render(): TemplateResult {
    const { desk } = this;
    const all = standing(desk.index, desk.frame.value);
    const fresh = all.filter((one) => one.state === UNACKNOWLEDGED || one.state === RETURNED);
    const flood = desk.story.flood(nowOf(desk));
    return html`<section class="panel alarm-list" aria-label=${t("Alarm list")}>
      <header class="panel-head"><h2 class="panel-title">${t("Alarms")}</h2>
        <p class="flood ${flood >= 10 ? "high" : ""}">${t("{n} in the last 10 minutes", { n: flood })}${flood >= 10 ? html` · <strong>${t("alarm flood")}</strong>` : nothing}</p>
        ${desk.mode === "live" ? html`<button type="button" ?disabled=${!fresh.length || !desk.mayCommand.value} @click=${() => { for (const one of fresh) this.#acknowledge(one); }}>${t("Acknowledge all ({n})", { n: fresh.length })}</button>` : nothing}
      </header>
      ${all.length ? this.#table(all) : html`<p class="empty">${desk.frame.value ? t("Nothing calls for you. An alarm appears here with what to do about it.") : t("Loading…")}</p>`}
      ${this.#log()}
    </section>`;
  }

  #table(all: readonly Standing[]): TemplateResult {
    return html`<div class="scroll" tabindex="0"><table class="rows">
      <thead><tr><th scope="col">${t("Priority")}</th><th scope="col">${t("Alarm")}</th><th scope="col">${t("Value")}</th><th scope="col">${t("Since")}</th><th scope="col">${t("State")}</th><th scope="col"><span class="sr-only">${t("Actions")}</span></th></tr></thead>
      <tbody>${all.map((one) => this.#row(one))}</tbody></table></div>`;
  }

  #row(one: Standing): TemplateResult {
    const { desk } = this;
    const { alarm } = one;
    const able = desk.mayCommand.value;
    const sheet = (): void => { desk.screen.dialog.value = { name: "sheet", subject: alarm.address }; };
    return html`<tr class="s${one.state}" @keydown=${(key: KeyboardEvent) => { if (key.key === "Enter" && key.target === key.currentTarget) sheet(); }}>
      <td>${badge(alarm.priority, one.state === UNACKNOWLEDGED)}</td>
      <th scope="row"><span class="mono">${alarm.tag}</span> ${alarm.title}</th>
      <td>${against(desk, one)}</td>
      <td class="num">${moment(one.since, nowOf(desk), desk.language)}</td>
      <td>${t(STATES[one.state] ?? "")}</td>
      <td class="row-actions">
        ${desk.mode === "live" && (one.state === UNACKNOWLEDGED || one.state === RETURNED) ? html`<button type="button" class="small" ?disabled=${!able} @click=${() => { this.#acknowledge(one); }}>${t("Acknowledge")}</button>` : nothing}
        <button type="button" class="small" @click=${sheet}>${t("Response sheet")}</button>
        ${desk.mode !== "live" ? nothing : one.state === SHELVED
          ? html`<button type="button" class="small quiet" ?disabled=${!able} @click=${() => { void desk.command({ kind: "unshelve_alarm", alarm: alarm.address }); }}>${t("Unshelve")}</button>`
          : html`<button type="button" class="small quiet" ?disabled=${!able} @click=${() => { desk.screen.dialog.value = { name: "shelve", subject: alarm.address }; }}>${icon("timer")}<span>${t("Shelve…")}</span></button>`}
      </td></tr>`;
  }

  #log(): TemplateResult {
    const { desk } = this;
    const facts = desk.story.facts.filter((fact) => fact.kind.startsWith("alarm_") || fact.kind.startsWith("interlock_")).slice(-60).reverse();
    const words: Readonly<Record<string, string>> = {
      alarm_raised: "raised", alarm_returned: "back to normal", alarm_acknowledged: "acknowledged", alarm_shelved: "on the shelf",
      alarm_unshelved: "off the shelf", interlock_tripped: "interlock tripped", interlock_cleared: "interlock cleared",
    };
    return html`<h3 class="panel-title">${t("What happened")}</h3>
      ${facts.length ? html`<ol class="log scroll" tabindex="0">${facts.map((fact) => html`<li><time>${dayMinute(fact.time, desk.language)}</time><span>${desk.index.title(fact.subject)}</span><em>${t(words[fact.kind] ?? fact.kind)}</em></li>`)}</ol>` : html`<p class="empty">${t("No alarm so far.")}</p>`}`;
  }

  #acknowledge(one: Standing): void {
    void this.desk.command({ kind: "acknowledge_alarm", alarm: one.alarm.address });
  }
}

customElements.define("cbd-alarm-summary", AlarmSummary);
customElements.define("cbd-alarm-list", AlarmList);
