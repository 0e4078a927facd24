/** A way to talk to the session host: a WebSocket, or long polling where a proxy breaks WebSockets. */
import type { ClientMessage, HostMessage } from "../protocol";

export interface Listener {
  opened(): void;
  message(message: HostMessage): void;
  closed(): void;
}

export interface Link {
  send(message: ClientMessage): void;
  close(): void;
}

export type Opener = (listener: Listener) => Link;

/** A WebSocket link to `path` on this origin. */
export function socketOpener(path: string, make: (url: string) => WebSocket = (url) => new WebSocket(url)): Opener {
  return (listener) => {
    const url = new URL(path, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = make(url.href);
    let done = false;
    const finish = (): void => {
      if (done) return;
      done = true;
      listener.closed();
    };
    socket.onopen = () => { listener.opened(); };
    socket.onmessage = (news: MessageEvent<string>) => { if (!done) listener.message(JSON.parse(news.data) as HostMessage); };
    socket.onclose = finish;
    return {
      send: (message) => { if (socket.readyState === 1) socket.send(JSON.stringify(message)); },
      close: () => {
        socket.close();
        finish();
      },
    };
  };
}

export interface PollSettings {
  readonly base: string;
  readonly after: () => number;
  readonly token: () => string;
  readonly wait?: number;
  readonly fetcher?: typeof fetch;
}

interface Batch {
  readonly messages: readonly HostMessage[];
}

/** Long polling of `frames` and posting to `messages`: same messages, more delay. */
export function pollOpener({ base, after, token, wait = 10_000, fetcher = fetch.bind(globalThis) }: PollSettings): Opener {
  return (listener) => {
    const stop = new AbortController();
    const fail = (): void => {
      if (stop.signal.aborted) return;
      stop.abort();
      listener.closed();
    };
    const listen = async (): Promise<void> => {
      for (let round = 0; !stop.signal.aborted; round += 1) {
        const query = `frames?after=${after()}&wait=${round === 0 ? 0 : wait}`;
        const answer = await fetcher(base + query, { signal: stop.signal, credentials: "same-origin" });
        if (!answer.ok) throw new Error(`polling answered ${answer.status}`);
        const { messages } = (await answer.json()) as Batch;
        for (const message of messages) listener.message(message);
        if (stop.signal.aborted) return;
        if (round === 0) listener.opened();
      }
    };
    const post = async (message: ClientMessage): Promise<void> => {
      const answer = await fetcher(`${base}messages`, {
        method: "POST",
        signal: stop.signal,
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
        body: JSON.stringify(message),
      });
      const replies: unknown = await answer.json();
      if (!Array.isArray(replies)) throw new Error(`posting answered ${answer.status}`);
      for (const reply of replies as readonly HostMessage[]) listener.message(reply);
    };
    listen().catch(fail);
    return {
      send: (message) => { if (message.type !== "hello") post(message).catch(fail); },
      close: () => {
        if (stop.signal.aborted) return;
        stop.abort();
        listener.closed();
      },
    };
  };
}

/** The value of a cookie, or an empty string. */
export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
