// Files of the room: their list beside the talk, and their links in bubbles, both made by the
// server.

import { onLive } from "../live.js";
import { session } from "./here.js";

const list = () => document.getElementById("room-files");
const linkOf = (id) => list().querySelector(`[data-file="${id}"]`);

let asking = null;

function refresh() {
  asking ??= fetch(`/chat/${session}/files`)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((html) => html && show(html))
    .catch(() => null)
    .finally(() => (asking = null));
  return asking;
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("room-files");
  if (fresh) list().replaceChildren(...fresh.childNodes);
}

// Links to put into a bubble.
export async function filesFor(ids) {
  if (ids.some((id) => !linkOf(id))) await refresh();
  return ids.map((id) => linkOf(id)?.cloneNode(true)).filter(Boolean);
}

onLive("file", ({ session_id }) => {
  if (session_id === session) refresh();
});
