// What comes after the session: the report shows up as soon as it is written, unless one is just
// rating.
import { onLive } from "../live.js";
import { lookAgain } from "../moving.js";
import { toast } from "../toast.js";

const place = document.querySelector("[data-summary]");

onLive("report", ({ session_id }) => {
  if (session_id !== place.dataset.summary) return;
  const rating = document.activeElement?.closest("form");
  if (rating) toast("The report is written.", { url: location.pathname });
  else lookAgain();
});
