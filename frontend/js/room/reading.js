// Says how far one has read, while the page is looked at.

import { send } from "../api.js";
import { lastOfOther } from "./conversation.js";
import { party, session } from "./here.js";

const SOON_MS = 250;

let told = 0;
let timer = 0;

// Whoever only looks on is no party and has no mark.
export function seen() {
  if (!party) return;
  clearTimeout(timer);
  timer = setTimeout(tell, SOON_MS);
}

async function tell() {
  const position = lastOfOther();
  if (document.visibilityState !== "visible" || position <= told) return;
  const before = told;
  told = position;
  await send("/api/chat/read", { session_id: session, position }).catch(() => (told = before));
}

document.addEventListener("visibilitychange", seen);
