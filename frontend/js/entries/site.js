// Every page: forms, dialogs, countdowns, copying, and the live stream of who is logged in.
import "../form.js";
import "../files.js";
import "../dialog.js";
import "../countdown.js";
import "../copy.js";
import "../bell.js";
import "../fresh.js";
import { connect, onLive } from "../live.js";
import { lookAgain } from "../moving.js";

connect();
onLive("logged-out", lookAgain);
