// `data-countdown` elements count down to `data-ends-at` by the server's clock: `data-now` is the
// server's time when the page was made, both in ISO 8601. `data-running="false"` stands still.
// Under five minutes it turns amber, under one red; `countdown-over` fires once at zero.

const AMBER_SECONDS = 300;
const RED_SECONDS = 60;

export function secondsLeft({ endsAt, now, elapsedMs }) {
  return Math.max(0, Math.ceil((Date.parse(endsAt) - Date.parse(now) - elapsedMs) / 1000));
}

export function tone(seconds) {
  if (seconds <= RED_SECONDS) return "red";
  return seconds <= AMBER_SECONDS ? "amber" : "calm";
}

export function clock(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const parts = hours ? [hours, minutes, seconds % 60] : [minutes, seconds % 60];
  return parts.map((part, place) => (place ? String(part).padStart(2, "0") : part)).join(":");
}

class Countdown {
  constructor(element) {
    this.element = element;
    this.set(element.dataset);
  }

  // Takes what the server said last: { endsAt, now, running }.
  set({ endsAt, now, running = "true" }) {
    Object.assign(this, { endsAt, now, running: String(running) !== "false", over: false });
    this.since = performance.now();
    this.show();
  }

  show() {
    const elapsedMs = this.running ? performance.now() - this.since : 0;
    const seconds = secondsLeft({ endsAt: this.endsAt, now: this.now, elapsedMs });
    this.element.querySelector(".countdown__digits").textContent = clock(seconds);
    this.element.dataset.tone = tone(seconds);
    if (seconds || this.over) return;
    this.over = true;
    this.element.dispatchEvent(new CustomEvent("countdown-over", { bubbles: true }));
  }
}

const countdowns = new Map();

// The countdown of an element, to be told by live pages when the server's clock stops or moves.
export const countdownOf = (element) => countdowns.get(element);

for (const element of document.querySelectorAll("[data-countdown]")) {
  countdowns.set(element, new Countdown(element));
}
if (countdowns.size) {
  setInterval(() => countdowns.forEach((countdown) => countdown.show()), 250);
}
