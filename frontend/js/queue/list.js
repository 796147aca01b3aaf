import { onLive } from "../live.js";
import { lookAgain } from "../moving.js";
import { setNow } from "./clocks.js";

const LOOK_AGAIN_MS = 30_000;
const OFFER = "[data-offer]";

const place = document.querySelector("[data-queue-place]");
const section = place?.closest("[data-queue]");
let asking = false;
let askAgain = false;

// One question at a time; what happens meanwhile is asked about afterwards.
async function refresh() {
  askAgain = true;
  if (asking) return;
  asking = true;
  while (askAgain) {
    askAgain = false;
    await ask();
  }
  asking = false;
}

async function ask() {
  const answer = await fetch(section.dataset.queue).catch(() => null);
  if (answer?.redirected) lookAgain();
  else if (answer?.ok) take(await answer.text());
}

function take(html) {
  const fresh = document.createRange().createContextualFragment(html);
  const [before, after] = [place, fresh].map((root) => root.querySelector("[data-queue-list]"));
  const known = new Set(offersIn(before).keys());
  if (known.size && offersIn(after).size && sameNotices(before, after)) merge(before, after);
  else place.replaceChildren(fresh);
  tell([...offersIn(place).values()].filter(({ id }) => !known.has(id)));
}

const offersIn = (root) => new Map([...root.querySelectorAll(OFFER)].map((item) => [item.id, item]));
const notices = (root) => [...root.querySelectorAll(".notice")].map((note) => note.textContent).join();
const sameNotices = (before, after) => notices(before) === notices(after);

// Items that stay are not touched, so that a press finds the button it was meant for.
function merge(before, after) {
  const old = offersIn(before);
  const items = [...offersIn(after).values()].map((item) => kept(old.get(item.id), item));
  for (const item of old.values()) if (!items.includes(item)) item.remove();
  const list = before.querySelector("ul");
  items.forEach((item, at) => {
    const there = list.children[at];
    if (there !== item) list.insertBefore(item, there ?? null);
  });
  setNow(before, after.dataset.now);
}

function kept(old, item) {
  if (old?.dataset.offer !== item.dataset.offer) return item;
  const asked = "[data-asked]";
  old.querySelector(asked).textContent = item.querySelector(asked).textContent;
  return old;
}

function count() {
  const waiting = offersIn(place).size;
  document.title = document.title.replace(/^(\(\d+\) )?/, waiting ? `(${waiting}) ` : "");
}

let told = [];

function tell(came) {
  count();
  const news = section.querySelector("[data-queue-news]");
  if (told.some((item) => !item.isConnected)) news.textContent = "";
  if (!came.length) return;
  told = came;
  for (const item of came) item.querySelector(".offer").classList.add("offer--new");
  const pays = came[0].querySelector(".offer__pays").textContent.trim().replace(/\s+/g, " ");
  const first = `${came[0].querySelector("h3").textContent}, ${pays}`;
  news.textContent = came.length > 1 ? `${came.length} new requests` : `New request: ${first}`;
}

if (section) {
  count();
  onLive("queue", refresh);
  onLive("session", refresh);
  document.addEventListener("queue-stale", refresh);
  document.addEventListener("live-connected", refresh);
  setInterval(() => document.hidden || refresh(), LOOK_AGAIN_MS);
}
