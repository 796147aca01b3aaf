// The session around the talk: its clock, who is there, what happens next. The server writes the
// words; this puts them in their places.

import { countdownOf } from "../countdown.js";
import { goTo } from "../moving.js";
import { showSpeech } from "./composer.js";
import { otherIsHere } from "./conversation.js";
import { session } from "./here.js";
import { steady } from "./scroll.js";

const LEAVE_MS = 2_500;
const FRAGMENTS = ["room-presence", "room-state", "room-steps", "room-short"];

// Whoever comes to read a conversation that is over stays; only who was in it is led on.
const wasOpen = !document.getElementById("room-state").dataset.leave;

let asking = false;
let again = false;
let leaving = false;

export async function refreshState() {
  if (asking) return (again = true);
  asking = true;
  const answer = await fetch(`/chat/${session}/state`).catch(() => null);
  if (answer?.ok && !answer.redirected) show(await answer.text());
  // Not one's own any more: the page that leads on knows where to go.
  else if (answer) leave(`/session/${session}`, 0);
  asking = false;
  if (!again) return;
  again = false;
  await refreshState();
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  steady(() => {
    for (const id of FRAGMENTS) renew(document.getElementById(id), fresh.getElementById(id));
    showSpeech();
  });
  setClock(fresh.querySelector("[data-countdown]"));
  otherIsHere(Boolean(fresh.querySelector("[data-presence][data-present=true]")));
  const { leave: url } = fresh.getElementById("room-state").dataset;
  if (url && wasOpen) leave(url, LEAVE_MS);
}

// The element stays, so that a live region keeps being one. Some are for those only who write.
function renew(old, fresh) {
  if (!old || !fresh) return;
  old.hidden = fresh.hidden;
  Object.assign(old.dataset, fresh.dataset);
  if (old.textContent.trim() !== fresh.textContent.trim()) old.replaceChildren(...fresh.childNodes);
}

function setClock(fresh) {
  const shown = document.querySelector("[data-countdown]");
  if (!shown) return;
  countdownOf(shown).set(fresh.dataset);
  const label = ".countdown__label";
  shown.querySelector(label).textContent = fresh.querySelector(label).textContent;
}

function leave(url, wait) {
  if (leaving) return;
  leaving = true;
  document.querySelector("[data-composer]")?.setAttribute("inert", "");
  setTimeout(() => goTo(url), wait);
}
