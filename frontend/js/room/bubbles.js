// Bubbles: filled into the patterns that the page brought along.

import { timeOf } from "./here.js";

const ICONS = { sending: "clock", sent: "check", delivered: "check-double", read: "check-double", failed: "alert" };
const LABELS = { sending: "Sending", sent: "Sent", delivered: "Delivered", read: "Read", failed: "Not sent" };

const patterns = Object.fromEntries(
  [...document.querySelectorAll("[data-pattern]")].map((each) => [each.dataset.pattern, each.content]),
);

export function makeBubble({ key, own, text, at, files }) {
  const bubble = patterns[own ? "own" : "other"].firstElementChild.cloneNode(true);
  bubble.id = `message-${key}`;
  const words = bubble.querySelector(".bubble__text");
  words.textContent = text;
  if (!text) words.remove();
  const time = bubble.querySelector("time");
  time.dateTime = at.toISOString();
  time.textContent = timeOf(at);
  bubble.querySelector(".bubble__meta").before(...files);
  return bubble;
}

export const stateOf = (bubble) => bubble.dataset.state;

export function setState(bubble, state) {
  bubble.dataset.state = state;
  const icon = bubble.querySelector(".bubble__meta svg");
  if (!icon) return;
  icon.setAttribute("aria-label", LABELS[state]);
  const use = icon.querySelector("use");
  use.setAttribute("href", `${use.getAttribute("href").split("#")[0]}#${ICONS[state]}`);
}
