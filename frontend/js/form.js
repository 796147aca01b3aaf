// Forms work without this. With it: one submit only, a busy button, the focus on the first
// error, and counters that say how much room is left.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "true";
  busy(event.submitter ?? form.querySelector("button:not([type=button])"));
});

// Going back in history shows the page as it was left: open it for another try.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const form of document.forms) free(form);
});

function busy(button) {
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  const label = button.querySelector(".button__label");
  if (!label || !button.dataset.busyLabel) return;
  button.dataset.label = label.textContent;
  label.textContent = button.dataset.busyLabel;
}

// For forms sent by a script: lets the form be submitted again.
export function free(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
    const label = button.querySelector(".button__label");
    if (label && button.dataset.label) label.textContent = button.dataset.label;
  }
}

function count(field) {
  const counter = document.getElementById(`${field.id}-counter`);
  if (!counter) return;
  const left = field.maxLength - field.value.length;
  counter.textContent = `${left.toLocaleString()} characters left`;
  counter.dataset.tone = left < field.maxLength / 50 ? "bad" : "neutral";
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-counted]")) count(target);
});
for (const field of document.querySelectorAll("[data-counted]")) count(field);

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submits]")) target.form.requestSubmit();
});

const summary = document.querySelector("[data-error-summary]");
(summary ?? document.querySelector("[aria-invalid=true]"))?.focus();
