// What one writes is sent in its order, each with an id of its own: sending it again after a lost
// answer, a reload or a lost connection is the same message. It waits in this tab until it is kept;
// own words that came too late, when a pause had begun, wait until both are back.

import { send } from "../api.js";
import { toast } from "../toast.js";
import { setState } from "./bubbles.js";
import { bubbleOf, keyOf, showPending, take } from "./conversation.js";
import { filesFor } from "./files.js";
import { newId, party, session } from "./here.js";

const KEY = `autodoctor.outbox.${party}.${session}`;
const WAIT_MS_MIN = 800;
const WAIT_MS_MAX = 10_000;
const SHORT_ONLY = "/problems/short-messages-only";
const [DONE, WAITS, LATER] = ["done", "waits", "later"];

const queue = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
const keep = () => sessionStorage.setItem(KEY, JSON.stringify(queue));

let sending = false;
let again = false;
let failures = 0;
let retry = 0;

export async function post(text, fileIds = [], canned = null) {
  const message = { client_id: newId(), text, file_ids: fileIds, canned };
  queue.push(message);
  keep();
  showPending(keyOf({ party, ...message }), text, await filesFor(fileIds));
  return flush();
}

export async function flush() {
  if (sending) return (again = true);
  clearTimeout(retry);
  sending = true;
  do {
    again = false;
    await deliverAll();
  } while (again);
  sending = false;
}

async function deliverAll() {
  let waiting = 0;
  while (queue.length > waiting) {
    const done = await deliver(queue[waiting]);
    if (done === LATER) return;
    if (done === WAITS) waiting += 1;
    else queue.splice(waiting, 1);
    keep();
  }
}

// Done with a message that is kept, or refused for good.
async function deliver(message) {
  try {
    await take(await send("/api/chat/send-message", bodyOf(message)));
    failures = 0;
    return DONE;
  } catch (problem) {
    if (problem.passing) return later();
    if (problem.facts.type === SHORT_ONLY) return WAITS;
    refused(message, problem);
    return DONE;
  }
}

// The sentence of a short message is the server's.
function bodyOf({ client_id, text, file_ids, canned }) {
  const body = { session_id: session, client_id };
  return canned ? { ...body, canned } : { ...body, text, file_ids };
}

function later() {
  const wait = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** failures++);
  retry = setTimeout(flush, wait);
  return LATER;
}

function refused(message, problem) {
  const bubble = bubbleOf(keyOf({ party, ...message }));
  if (bubble) setState(bubble, "failed");
  toast(`Not sent: ${problem.message}`, { bad: true });
}

// What was not sent before a reload.
export async function resume() {
  for (const message of queue) {
    const key = keyOf({ party, ...message });
    if (!bubbleOf(key)) showPending(key, message.text, await filesFor(message.file_ids));
  }
  return flush();
}

addEventListener("online", flush);
