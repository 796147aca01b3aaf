// Writing and attaching. Enter sends where there is a keyboard; Shift and Enter begins a line. Until
// both are there, and in a pause, there are short messages to choose from; a draft is kept meanwhile.

import { send } from "../api.js";
import { toast } from "../toast.js";
import { upload } from "../upload.js";
import { party, session } from "./here.js";
import { flush, post } from "./outbox.js";
import { typed } from "./typing.js";

const form = document.querySelector("[data-composer]");
const text = form?.elements.text;
const short = document.querySelector("[data-short]");
const attachment = form?.querySelector("[data-attach]");
const KEYBOARD = matchMedia("(pointer: fine)");
const KEY = `autodoctor.draft.${party}.${session}`;
const PLACEHOLDERS = { true: "Write a message", false: "Write ahead, for when you are both here" };

const free = () => short.dataset.free === "true";
const keep = () => sessionStorage.setItem(KEY, text.value);

function submit(event) {
  event.preventDefault();
  const written = text.value.trimEnd();
  if (!written || !free()) return;
  text.value = "";
  keep();
  post(written);
  text.focus();
}

function pressed(event) {
  const plain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (!plain || !KEYBOARD.matches) return;
  event.preventDefault();
  form.requestSubmit();
}

function chosen(event) {
  event.preventDefault();
  const { value, textContent } = event.submitter;
  post(textContent.trim(), [], value);
}

// What the server says can be sent now, as it stands in the form of short messages.
export function showSpeech() {
  if (!form) return;
  form.hidden = false;
  form.classList.toggle("composer--draft", !free());
  form.querySelector("[type=submit]").hidden = !free();
  attachment.parentElement.hidden = short.dataset.attachable !== "true";
  text.placeholder = PLACEHOLDERS[free()];
  if (free()) flush();
}

function written() {
  keep();
  if (free()) typed();
}

async function attach({ target }) {
  const [file] = target.files;
  target.value = "";
  if (!file) return;
  const note = toast(`Sending ${file.name}…`, { lasting: true });
  const told = note.firstChild;
  try {
    const id = await upload(file, (part) => {
      told.textContent = `Sending ${file.name}: ${Math.round(part * 100)} %`;
    });
    await send(`/api/sessions/${session}/files`, { file_id: id });
    await post("", [id]);
  } catch (problem) {
    toast(`${file.name} was not sent: ${problem.message}`, { bad: true });
  } finally {
    note.remove();
  }
}

if (form) {
  form.addEventListener("submit", submit);
  text.addEventListener("keydown", pressed);
  text.addEventListener("input", written);
  attachment.addEventListener("change", attach);
  short.addEventListener("submit", chosen);
  text.value ||= sessionStorage.getItem(KEY) ?? "";
}
