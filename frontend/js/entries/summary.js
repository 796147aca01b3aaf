// What comes after the session: the report shows up as soon as it is written, unless one is just
// rating.
import { onLive } from "../live.js";
import { lookAgain } from "../moving.js";
import { toast } from "../toast.js";

const place = document.querySelector("[data-summary]");

const rating = () => document.activeElement?.closest("form");

onLive("session", ({ session_id }) => {
  if (session_id === place.dataset.summary && !rating()) lookAgain();
});
onLive("report", ({ session_id }) => {
  if (session_id !== place.dataset.summary) return;
  if (rating()) toast("The report is written.", { url: location.pathname });
  else lookAgain();
});
