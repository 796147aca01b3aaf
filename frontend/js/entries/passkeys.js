// Pages on which a passkey is added (`data-passkey-add`) or used to log in (`data-passkey-login`).
// Both stay hidden where the browser knows no passkeys.

import { Problem } from "../api.js";
import { add, known, logIn } from "../passkeys.js";

function offer(place, act) {
  if (!place || !known()) return;
  const button = place.querySelector("button");
  const problem = place.querySelector("[data-problem]");
  place.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    problem.hidden = true;
    try {
      await act(place);
    } catch (error) {
      if (confirmFirst(error)) return location.assign(confirmPage());
      problem.textContent = sentence(error);
      problem.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}

const confirmFirst = (error) => error instanceof Problem && error.facts.type === "/problems/confirm-first";

const confirmPage = () => `/account/confirm?next=${encodeURIComponent(location.pathname)}`;

function sentence(error) {
  if (error instanceof Problem) return error.message;
  if (error.name === "InvalidStateError") return "This passkey is set up already.";
  return "That did not work, or took too long. Try again.";
}

async function added(place) {
  const name = place.querySelector("input").value;
  const { recovery_codes: codes } = await add(name);
  if (!codes.length) return location.reload();
  show(codes, place);
}

function show(codes, place) {
  const shown = document.querySelector("[data-passkey-codes]").content.firstElementChild.cloneNode(true);
  const lines = codes.map((code) => {
    const line = document.createElement("li");
    const word = document.createElement("code");
    word.className = "code";
    word.textContent = code;
    line.append(word);
    return line;
  });
  shown.querySelector("ul").append(...lines);
  place.replaceWith(shown);
  shown.focus();
}

async function loggedIn() {
  const { home } = await logIn();
  location.assign(home);
}

offer(document.querySelector("[data-passkey-add]"), added);
offer(document.querySelector("[data-passkey-login]"), loggedIn);
