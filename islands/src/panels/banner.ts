/** The most urgent thing, in words, at the top; and why the clock stands if it stands by itself. */
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../show/icon";
import { t } from "../show/strings";
import { nowOf, type Notice } from "../state/desk";
import { ACKNOWLEDGED, RETURNED, sentence, standing, UNACKNOWLEDGED } from "../state/reading";
import { badge } from "./badge";
import { Panel } from "./panel";

export class Banner extends Panel {
  protected override render(): TemplateResult {
    const { desk } = this;
    const rung = standing(desk.index, desk.frame.value);
    const alarms = rung.filter((one) => one.state === UNACKNOWLEDGED || one.state === ACKNOWLEDGED);
    const past = rung.filter((one) => one.state === RETURNED).length;
    const notice = desk.screen.notice.value;
    if (notice) return this.#notice(notice);
    if (!desk.frame.value) {
      return html`<section class="banner calm" aria-label=${t("Most urgent")} aria-busy="true" data-tour="banner">${icon("timer")}<span>${t("Loading…")}</span></section>`;
    }
    const first = alarms[0];
    if (!first) {
      return html`<section class="banner calm" aria-label=${t("Most urgent")} data-tour="banner">${icon("check")}<span>${past ? t("No alarm stands; {n} to be acknowledged.", { n: past }) : t("No alarm.")}</span></section>`;
    }
    const more = alarms.length - 1;
    const fresh = first.state === UNACKNOWLEDGED;
    return html`<section class="banner p${first.alarm.priority} ${fresh ? "fresh" : "known"}" aria-label=${t("Most urgent")} data-tour="banner">
      ${badge(first.alarm.priority)}
      <button type="button" class="banner-text quiet" @click=${() => { this.#show(); }}>
        <strong><span class="mono">${first.alarm.tag}</span> ${first.alarm.title}</strong>
        <span>${sentence(desk, first, nowOf(desk))}</span>
      </button>
      ${more > 0 ? html`<button type="button" class="quiet more" @click=${() => { desk.screen.view.value = "alarms"; }} aria-label=${t("{n} other alarms", { n: more })}>+&#8239;${more}</button>` : nothing}
      ${fresh && desk.mode === "live" ? html`<button type="button" aria-keyshortcuts="a" ?disabled=${!desk.mayCommand.value}
        @click=${() => { void desk.command({ kind: "acknowledge_alarm", alarm: first.alarm.address }); }}>${t("Acknowledge")}</button>` : nothing}
      <button type="button" aria-keyshortcuts="r" @click=${() => { desk.screen.dialog.value = { name: "sheet", subject: first.alarm.address }; }}>${t("Response sheet")}</button>
    </section>`;
  }

  #notice({ text, bad, label, address }: Notice): TemplateResult {
    return html`<section class="banner notice ${bad ? "bad" : ""}" aria-label=${t("Notice")} data-tour="banner">${icon(bad ? "triangle-alert" : "flag")}
      <span class="banner-text">${text}</span>
      ${label && address ? html`<a class="button" href=${address}>${label}</a>` : nothing}
      <button type="button" @click=${() => { this.desk.screen.notice.value = null; }}>${t("Understood")}</button></section>`;
  }

  #show(): void {
    const first = standing(this.desk.index, this.desk.frame.value)[0];
    const instrument = first && this.desk.console.instruments[first.alarm.instrument];
    if (instrument) this.desk.screen.select(instrument.address);
  }
}

customElements.define("cbd-banner", Banner);
