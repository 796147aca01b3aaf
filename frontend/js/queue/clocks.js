// `data-closes-at` elements count down inside a list whose `data-now` was the server's time when it
// was made. At zero `queue-stale` asks for the list anew.

import { clock, secondsLeft, tone } from "../countdown.js";

const madeAt = new WeakMap();

function elapsedMs(list) {
  if (!madeAt.has(list)) madeAt.set(list, performance.now());
  return performance.now() - madeAt.get(list);
}

function show(element) {
  const list = element.closest("[data-queue-list]");
  const elapsed = { now: list.dataset.now, elapsedMs: elapsedMs(list) };
  const seconds = secondsLeft({ endsAt: element.dataset.closesAt, ...elapsed });
  element.textContent = clock(seconds);
  element.dataset.tone = tone(seconds);
  if (seconds || element.dataset.over) return;
  element.dataset.over = "true";
  document.dispatchEvent(new CustomEvent("queue-stale"));
}

// The list says anew what time it is at the server.
export function setNow(list, now) {
  list.dataset.now = now;
  madeAt.set(list, performance.now());
}

const showAll = () => document.querySelectorAll("[data-closes-at]").forEach(show);

showAll();
setInterval(showAll, 500);
