// The mechanic's notes, saved while they type.

import { send } from "../api.js";
import { session } from "./here.js";

const AFTER_MS = 800;
const AGAIN_MS = 3_000;

const form = document.querySelector("[data-notes]");
const saved = form?.querySelector("[data-saved]");
let timer = 0;

function changed() {
  saved.textContent = "";
  clearTimeout(timer);
  timer = setTimeout(save, AFTER_MS);
}

async function save() {
  try {
    await send(`/api/sessions/${session}/notes`, { text: form.elements.notes.value });
    saved.textContent = "Saved.";
  } catch (problem) {
    saved.textContent = `Not saved yet. ${problem.message}`;
    if (problem.passing) timer = setTimeout(save, AGAIN_MS);
  }
}

form?.elements.notes.addEventListener("input", changed);
