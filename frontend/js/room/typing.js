// "Maya is typing": told while one types, shown for a few seconds after it was last heard.

import { send } from "../api.js";
import { onLive } from "../live.js";
import { other, session } from "./here.js";

const TELL_EVERY_MS = 2_500;
const SHOWN_MS = 4_000;

const line = document.querySelector("[data-typing]");
let told = -TELL_EVERY_MS;
let timer = 0;

export function typed() {
  if (performance.now() - told < TELL_EVERY_MS) return;
  told = performance.now();
  send("/api/chat/typing", { session_id: session }).catch(() => null);
}

// What was being typed has come.
export function stopped() {
  clearTimeout(timer);
  line.textContent = "";
}

onLive("typing", ({ session_id }) => {
  if (session_id !== session) return;
  line.textContent = `${other.name} is typing…`;
  clearTimeout(timer);
  timer = setTimeout(stopped, SHOWN_MS);
});
