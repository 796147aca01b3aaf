// Asks the site's own API. What it refuses is thrown as a Problem: `title` and `detail` are
// sentences for people, `status` is 0 when there was no answer at all.

export class Problem extends Error {
  constructor({ status = 0, title = "No answer. Is the connection there?", detail = "", ...facts }) {
    super(detail || title);
    Object.assign(this, { status, title, detail, facts });
  }

  // Worth another try: nobody said no.
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export async function ask(method, url, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(url, options).catch(() => null);
  if (!answer) throw new Problem({});
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  throw new Problem({ status: answer.status, ...(await problemIn(answer)) });
}

const problemIn = (answer) => answer.json().catch(() => ({ title: "That did not work." }));

export const read = (url) => ask("GET", url);
export const send = (url, body) => ask("POST", url, body);
