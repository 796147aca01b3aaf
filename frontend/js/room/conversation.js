// What is said: each message once, in its order, with how far it got. Messages come by the stream,
// by asking for what was missed, and as answers to one's own; whoever comes first is shown.

import { read } from "../api.js";
import { makeBubble, setState, stateOf } from "./bubbles.js";
import { filesFor } from "./files.js";
import { other, party, session } from "./here.js";
import { followed } from "./scroll.js";

const PAGE = 200;
const OVERLAP = 10;
const RANK = ["failed", "sending", "sent", "delivered", "read"];

const talk = document.querySelector("[data-talk]");
const positionOf = (bubble) => Number(bubble.dataset.position);
const placed = () => [...talk.children].filter(positionOf);
const mine = () => placed().filter((bubble) => bubble.classList.contains("bubble--own"));

export const keyOf = ({ party: author, client_id: id }) => `${author}-${id}`;
export const bubbleOf = (key) => document.getElementById(`message-${key}`);

let readByOther = 0;
let othersRoomIsOpen = false;

export function showPending(key, text, files) {
  const bubble = makeBubble({ key, own: true, text, at: new Date(), files });
  followed(() => talk.append(bubble), { own: true });
  setState(bubble, "sending");
  return bubble;
}

// A message as the server keeps it; true when it is news here.
export async function take(message) {
  const key = keyOf(message);
  const known = bubbleOf(key);
  if (known && positionOf(known)) return false;
  const own = message.party === party;
  const files = await filesFor(message.file_ids);
  const bubble = makeBubble({ key, own, text: message.text, at: new Date(message.sent_at), files });
  bubble.dataset.position = message.position;
  if (bubbleOf(key) !== known) return false;
  known?.remove();
  followed(() => place(bubble), { own });
  if (own) setState(bubble, reached(message.position));
  return !known;
}

// An open room has everything that was sent.
function reached(position) {
  if (position <= readByOther) return "read";
  return othersRoomIsOpen ? "delivered" : "sent";
}

function place(bubble) {
  const later = [...talk.children].find(
    (each) => !positionOf(each) || positionOf(each) > positionOf(bubble),
  );
  talk.insertBefore(bubble, later ?? null);
}

function raise(bubbles, state) {
  for (const bubble of bubbles) {
    if (RANK.indexOf(stateOf(bubble)) < RANK.indexOf(state)) setState(bubble, state);
  }
}

export function otherIsHere(here) {
  othersRoomIsOpen = here;
  if (here) raise(mine(), "delivered");
}

export function otherHasRead(position) {
  readByOther = Math.max(readByOther, position);
  raise(mine().filter((bubble) => positionOf(bubble) <= readByOther), "read");
}

export function lastOfOther() {
  const theirs = placed().filter((bubble) => !bubble.classList.contains("bubble--own"));
  return Math.max(0, ...theirs.map(positionOf));
}

// Asks for what is missing. It begins a little before the end: positions are given before a
// message is kept, so the last one shown need not be the last one before the gap.
export async function catchUp() {
  let after = placed().at(-OVERLAP - 1)?.dataset.position ?? 0;
  for (;;) {
    const url = `/api/chat/session-info?session_id=${session}&after=${after}`;
    const { messages, read: marks } = await read(url);
    for (const message of messages) await take(message);
    otherHasRead(marks[other.party] ?? 0);
    if (messages.length < PAGE) return;
    after = messages.at(-1).position;
  }
}
