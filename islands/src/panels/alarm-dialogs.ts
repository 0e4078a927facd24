/** The response sheet of an alarm, and how long to put it on the shelf. */
import { html, nothing, type TemplateResult } from "lit";
import { span } from "../show/format";
import { markdown } from "../show/markdown";
import { t } from "../show/strings";
import { nowOf, type Dialog, type DialogName } from "../state/desk";
import { sentence, SHELVED, standing, UNACKNOWLEDGED } from "../state/reading";
import { badge } from "./badge";
import { Modal } from "./modal";

const MINUTE = 60_000;
const SHELF: readonly number[] = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE, 4 * 60 * MINUTE];

export class ResponseSheet extends Modal {
  protected readonly dialogName: DialogName = "sheet";

  protected heading({ subject = "" }: Dialog): string {
    const alarm = this.desk.index.alarmAt(subject);
    return alarm ? `${alarm.tag} ${alarm.title}` : subject;
  }

  protected body({ subject = "" }: Dialog): TemplateResult {
    const { desk } = this;
    const alarm = desk.index.alarmAt(subject);
    if (!alarm) return html`<p>${t("This alarm has no response sheet.")}</p>`;
    const stands = standing(desk.index, desk.frame.value).find((one) => one.alarm === alarm);
    const { response } = alarm;
    const block = (title: string, text: string): TemplateResult => html`<section><h3>${t(title)}</h3>${markdown(text, desk.console.glossary)}</section>`;
    return html`<div class="response">
      <p class="response-now">${badge(alarm.priority)} ${stands && stands.state !== SHELVED ? sentence(desk, stands, nowOf(desk)) : t("This alarm does not stand now.")}</p>
      <p class="response-time">${t("Time to respond")} <strong>${span(response.time * 1000, desk.language)}</strong></p>
      <div class="response-action">${block("What to do", response.action)}</div>
      ${block("Likely causes", response.cause)}${block("If nothing is done", response.consequence)}
      <footer class="modal-foot">
        ${alarm.instrument >= 0 ? html`<button type="button" @click=${() => { desk.screen.select(desk.console.instruments[alarm.instrument]!.address); this.close(); }}>${t("Open the faceplate")}</button>` : nothing}
        ${stands?.state === UNACKNOWLEDGED && desk.mode === "live" ? html`<button type="button" class="primary" autofocus ?disabled=${!desk.mayCommand.value}
          @click=${() => { void desk.command({ kind: "acknowledge_alarm", alarm: alarm.address }); this.close(); }}>${t("Acknowledge")}</button>` : nothing}
      </footer></div>`;
  }
}

export class ShelveDialog extends Modal {
  protected readonly dialogName: DialogName = "shelve";

  protected heading({ subject = "" }: Dialog): string {
    return t("Shelve {title}", { title: this.desk.index.title(subject) });
  }

  protected body({ subject = "" }: Dialog): TemplateResult {
    const { desk } = this;
    return html`<p>${t("The alarm is hidden for this long, and comes back by itself. The plant limits how long.")}</p>
      <div class="choices">${SHELF.map((duration) => html`<button type="button" @click=${() => { void desk.command({ kind: "shelve_alarm", alarm: subject, duration }); this.close(); }}>${span(duration, desk.language)}</button>`)}</div>`;
  }
}

customElements.define("cbd-response-sheet", ResponseSheet);
customElements.define("cbd-shelve", ShelveDialog);
