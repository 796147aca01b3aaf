// The waiting room: counts up, and goes on as soon as the session does.
import { read } from "../api.js";
import "../booking/forget.js";
import { clock } from "../countdown.js";
import { onLive } from "../live.js";
import { goOnTo, whenSeen } from "../moving.js";

const session = document.querySelector("[data-waiting]").dataset.waiting;
const elapsed = document.querySelector("[data-elapsed]");
const opened = performance.now();
const before = Date.parse(elapsed.dataset.now) - Date.parse(elapsed.dataset.since);
const EVERY_MS = 15_000;

const goOn = () => goOnTo(`/session/${session}`);

// In the room the clock starts when both are there.
function leadOn(status) {
  if (status === "waiting") return;
  if (document.hidden && status === "matched") document.title = "Your mechanic is ready";
  whenSeen(goOn);
}

// What the stream has missed while it was lost is looked up.
async function look() {
  const found = await read(`/api/sessions/${session}/status`).catch(() => null);
  if (found) leadOn(found.status);
}

onLive("session", ({ session_id, status }) => {
  if (session_id === session) leadOn(status);
});
document.addEventListener("live-connected", look);
document.addEventListener("countdown-over", () => setTimeout(look, 1_500));
setInterval(look, EVERY_MS);
setInterval(() => {
  elapsed.textContent = clock(Math.floor((before + performance.now() - opened) / 1000));
}, 1_000);
