// The queue of requests fills by itself. The list is fetched anew when something happened to it,
// when the stream was away, and every half minute so that the ages stay right. What stands there
// already stays where it is: only what came is put in, and what went taken out.
import "../queue/clocks.js";
import "../queue/list.js";
import "../queue/one.js";
