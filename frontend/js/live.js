// The stream of events of this login. One connection per page; every event becomes a DOM event
// `live:<type>` on the document, its `detail` the decoded data with the event's `id`.
//
//   import { onLive } from "./live.js";
//   onLive("session.matched", ({ session_id }) => …);
//
// The browser reconnects by itself and sends Last-Event-ID; when the server refuses or closes for
// good we open a new stream with `?after=`, waiting longer each time. A page that is a room says whose
// with `data-stream-session`: its stream makes its reader present there. A device without a network
// says so at once; a stream that it carried would seem open for minutes.

const WAIT_MS_MIN = 1_000;
const WAIT_MS_MAX = 30_000;
const NOTICE_AFTER_MS = 2_500;

const types = new Set(["hello"]);
let source = null;
let lastId = "";
let failures = 0;
let noticeTimer = 0;

export function onLive(type, listener) {
  if (!types.has(type)) {
    types.add(type);
    source?.addEventListener(type, deliver);
  }
  document.addEventListener(`live:${type}`, ({ detail }) => listener(detail));
}

export function connect(url = streamUrl()) {
  if (!url || source) return;
  open(url);
  addEventListener("pagehide", () => close());
  addEventListener("offline", () => (announce(true), close()));
  addEventListener("online", () => source ?? open(url));
  addEventListener("pageshow", ({ persisted }) => persisted && !source && open(url));
}

function streamUrl() {
  const base = document.querySelector('meta[name="realtime"]')?.content;
  if (!base) return "";
  const session = document.querySelector("[data-stream-session]")?.dataset.streamSession;
  return `${base}/events${session ? `?session=${encodeURIComponent(session)}` : ""}`;
}

function open(url) {
  const address = new URL(url, location.href);
  if (lastId) address.searchParams.set("after", lastId);
  source = new EventSource(address, { withCredentials: true });
  source.addEventListener("open", connected);
  source.addEventListener("error", () => lost(url));
  source.addEventListener("superseded", () => standBack(url));
  for (const type of types) source.addEventListener(type, deliver);
}

// Too many pages of this login are open: this one goes on when it is looked at again.
function standBack(url) {
  close();
  addEventListener("focus", () => source ?? open(url), { once: true });
}

function close() {
  source?.close();
  source = null;
}

function deliver({ type, data, lastEventId }) {
  lastId = lastEventId || lastId;
  const detail = { ...JSON.parse(data), id: lastEventId };
  document.dispatchEvent(new CustomEvent(`live:${type}`, { detail }));
}

function connected() {
  failures = 0;
  announce(false);
  document.dispatchEvent(new CustomEvent("live-connected"));
}

function lost(url) {
  document.dispatchEvent(new CustomEvent("live-lost"));
  announce(true);
  if (source?.readyState !== EventSource.CLOSED) return;
  close();
  const wait = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** failures++);
  setTimeout(() => source ?? open(url), wait * (0.5 + Math.random() / 2));
}

// A blink of the network is not worth a word; the notice comes when it lasts.
function announce(broken) {
  const notice = document.querySelector("[data-reconnecting]");
  if (!notice) return;
  if (broken) {
    noticeTimer ||= setTimeout(() => (notice.hidden = false), NOTICE_AFTER_MS);
    return;
  }
  clearTimeout(noticeTimer);
  noticeTimer = 0;
  notice.hidden = true;
}
