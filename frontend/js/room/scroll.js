// Follows the talk as long as one reads its end; who reads further up is told of news instead.

import { scroller } from "./here.js";

const NEAR_PX = 120;
const newer = document.querySelector("[data-newer]");

const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PX;

export function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  if (newer) newer.hidden = true;
}

export function followed(change, { own }) {
  const follow = own || atEnd();
  change();
  if (follow) toEnd();
  else if (newer) newer.hidden = false;
}

// A change around the talk: who reads its end goes on reading its end.
export function steady(change) {
  const follow = atEnd();
  change();
  if (follow) toEnd();
}

newer?.addEventListener("click", toEnd);
scroller.addEventListener("scroll", () => {
  if (newer && atEnd()) newer.hidden = true;
});
// Pictures make the talk longer when they arrive.
scroller.addEventListener("load", () => atEnd() && toEnd(), true);
