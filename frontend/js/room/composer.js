// Writing and attaching. Enter sends where there is a keyboard; Shift and Enter begins a line.

import { send } from "../api.js";
import { toast } from "../toast.js";
import { upload } from "../upload.js";
import { session } from "./here.js";
import { post } from "./outbox.js";
import { typed } from "./typing.js";

const form = document.querySelector("[data-composer]");
const text = form?.elements.text;
const KEYBOARD = matchMedia("(pointer: fine)");

function submit(event) {
  event.preventDefault();
  const written = text.value.trimEnd();
  if (!written) return;
  text.value = "";
  post(written);
  text.focus();
}

function pressed(event) {
  const plain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (!plain || !KEYBOARD.matches) return;
  event.preventDefault();
  form.requestSubmit();
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
  text.addEventListener("input", typed);
  form.querySelector("[data-attach]").addEventListener("change", attach);
}
