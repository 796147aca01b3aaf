// What one writes is sent in its order, each with an id of its own: sending it again after a lost
// answer, a reload or a lost connection is the same message. It waits in this tab until it is kept.

import { send } from "../api.js";
import { toast } from "../toast.js";
import { setState } from "./bubbles.js";
import { bubbleOf, keyOf, showPending, take } from "./conversation.js";
import { filesFor } from "./files.js";
import { newId, party, session } from "./here.js";

const KEY = `autodoctor.outbox.${party}.${session}`;
const WAIT_MS_MIN = 800;
const WAIT_MS_MAX = 10_000;

const queue = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
const keep = () => sessionStorage.setItem(KEY, JSON.stringify(queue));

let sending = false;
let failures = 0;
let retry = 0;

export async function post(text, fileIds = []) {
  const message = { client_id: newId(), text, file_ids: fileIds };
  queue.push(message);
  keep();
  showPending(keyOf({ party, ...message }), text, await filesFor(fileIds));
  return flush();
}

export async function flush() {
  if (sending) return;
  clearTimeout(retry);
  sending = true;
  while (queue.length && (await deliver(queue[0]))) {
    queue.shift();
    keep();
  }
  sending = false;
}

// True when the message is done with: kept, or refused for good.
async function deliver(message) {
  try {
    await take(await send("/api/chat/send-message", { session_id: session, ...message }));
    failures = 0;
    return true;
  } catch (problem) {
    if (problem.passing) return later();
    refused(message, problem);
    return true;
  }
}

function later() {
  const wait = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** failures++);
  retry = setTimeout(flush, wait);
  return false;
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
