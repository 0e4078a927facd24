/** The console document by address: what is constant in a flight. */
import type { Alarm, Analyser, Analyte, Console, Instrument, Loop, Station } from "../protocol";

export interface Measured {
  readonly analyser: Analyser;
  readonly analyte: Analyte;
}

export class Index {
  readonly instrument = new Map<string, number>();
  readonly loop = new Map<string, number>();
  readonly alarm = new Map<string, number>();
  readonly analyser = new Map<string, Analyser>();
  readonly analyte = new Map<string, Measured>();
  readonly station = new Map<string, Station>();
  /** Index of the loop that measures an instrument, by the instrument's index. */
  readonly loopOf = new Map<number, number>();
  readonly console: Console;
  /** Titles that the console does not know: those of the malfunctions, when the flight is over. */
  readonly told: ReadonlyMap<string, string>;

  constructor(console: Console, told: ReadonlyMap<string, string> = new Map()) {
    this.console = console;
    this.told = told;
    console.instruments.forEach((one, i) => this.instrument.set(one.address, i));
    console.loops.forEach((one, i) => {
      this.loop.set(one.address, i);
      if (one.instrument >= 0 && !this.loopOf.has(one.instrument)) this.loopOf.set(one.instrument, i);
    });
    console.alarms.forEach((one, i) => this.alarm.set(one.address, i));
    for (const station of console.field) this.station.set(station.address, station);
    for (const analyser of console.analysers) {
      this.analyser.set(analyser.address, analyser);
      for (const analyte of analyser.analytes) this.analyte.set(analyte.address, { analyser, analyte });
    }
  }

  instrumentAt(address: string): Instrument | undefined {
    return this.console.instruments[this.instrument.get(address) ?? -1];
  }

  loopAt(address: string): Loop | undefined {
    return this.console.loops[this.loop.get(address) ?? -1];
  }

  alarmAt(address: string): Alarm | undefined {
    return this.console.alarms[this.alarm.get(address) ?? -1];
  }

  /** The words for any address: its tag and title, or the address itself. */
  title(address: string): string {
    const tagged = this.instrumentAt(address) ?? this.loopAt(address) ?? this.alarmAt(address);
    if (tagged) return `${tagged.tag} ${tagged.title}`;
    const named = this.analyte.get(address)?.analyte ?? this.analyser.get(address) ?? this.station.get(address);
    if (named) return named.title;
    const slug = address.split("/").at(-1);
    const phase = this.console.phases.find((one) => one.slug === slug);
    const interlock = this.console.interlocks.find((one) => one.address === address);
    return this.told.get(address) ?? phase?.title ?? interlock?.title ?? address;
  }

  /** Trend groups in the order of the document, each with the indices of its instruments. */
  groups(): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    this.console.instruments.forEach((one, i) => {
      const list = found.get(one.group);
      if (list) list.push(i);
      else found.set(one.group, [i]);
    });
    return found;
  }
}
