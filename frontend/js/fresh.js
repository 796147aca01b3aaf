// Parts of a page that follow what happens: `data-fresh` on an element with an id. When a session,
// a booking or money of this login changes, or there is news for it, the page is read again and these parts are replaced, not the page: what is
// typed stays. A part that holds the focus is replaced when the focus has left it.

import { onLive } from "./live.js";
import { answering } from "./moving.js";

const PARTS = "[data-fresh]";
const late = new Map();
let reading = false;
let readAgain = false;

// One reading at a time; what happens meanwhile is read afterwards.
async function refresh() {
  readAgain = true;
  if (reading) return;
  reading = true;
  while (readAgain) {
    readAgain = false;
    await readPage();
  }
  reading = false;
}

// Not while a form is being answered: its answer's message would be shown here and lost.
async function readPage() {
  if (!document.querySelector(PARTS) || answering()) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll(PARTS)) take(part, fresh.getElementById(part.id));
}

function take(part, now) {
  late.delete(part);
  if (!now || now.innerHTML === part.innerHTML) return;
  if (part.contains(document.activeElement)) late.set(part, now);
  else part.replaceChildren(...now.childNodes);
}

document.addEventListener("focusout", () =>
  setTimeout(() => {
    for (const [part, now] of late) take(part, now);
  }),
);

let lost = false;
for (const type of ["session", "changed", "notification"]) onLive(type, refresh);
// What the stream has missed while it was lost.
document.addEventListener("live-lost", () => (lost = true));
document.addEventListener("live-connected", () => {
  if (lost) refresh();
  lost = false;
});
addEventListener("pageshow", ({ persisted }) => persisted && refresh());
