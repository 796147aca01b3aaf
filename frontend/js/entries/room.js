// The room, chat: live over the page's stream. Whatever the stream has missed while it was lost is
// asked for when it is back.
import "../booking/forget.js";
import { onLive } from "../live.js";
import { catchUp, otherHasRead, take } from "../room/conversation.js";
import { showSpeech } from "../room/composer.js";
import "../room/notes.js";
import { other, session } from "../room/here.js";
import { flush, resume } from "../room/outbox.js";
import { seen } from "../room/reading.js";
import { toEnd } from "../room/scroll.js";
import { refreshState } from "../room/state.js";
import { stopped } from "../room/typing.js";
import { toast } from "../toast.js";

const here = ({ session_id }) => session_id === session;

onLive("message", async (told) => {
  if (!here(told)) return;
  if (told.message.party === other.party) stopped();
  if (await take(told.message)) seen();
});
onLive("read", (told) => {
  if (here(told) && told.party === other.party) otherHasRead(told.position);
});
onLive("session", (told) => here(told) && refreshState());
// It may have been the last one.
onLive("file", (told) => here(told) && refreshState());
onLive("ending", (told) => {
  if (!here(told)) return;
  const minutes = Math.max(1, Math.round(told.seconds_left / 60));
  toast(minutes === 1 ? "One minute left." : `${minutes} minutes left.`);
});

async function back() {
  await Promise.all([catchUp(), refreshState()]).catch(() => null);
  seen();
  flush();
}

document.addEventListener("live-connected", back);
document.addEventListener("countdown-over", () => setTimeout(refreshState, 1_500));
toEnd();
showSpeech();
resume();
back();
