// What pages do besides being read. Without this file every page works: a search is a form, a run is a page that
// grows while it runs, a room asks again by itself.
"use strict";

/** The search, as one types. Small letters, and Persian letters for the Arabic ones that look alike. */
function search() {
  const form = document.querySelector("form.search");
  const found = document.getElementById("found");
  const entries = [...document.querySelectorAll(".menu li")];
  if (!form || !found || entries.length === 0) return;
  const folded = (text) => text.replace(/[İı]/g, "i").toLowerCase().replaceAll("\u200c", "").replace(/[يى]/g, "ی").replaceAll("ك", "ک");
  const texts = entries.map((entry) => folded(entry.textContent));
  form.q.addEventListener("input", () => {
    const words = folded(form.q.value).split(/\s+/).filter(Boolean);
    let count = 0;
    entries.forEach((entry, place) => {
      entry.hidden = !words.every((word) => texts[place].includes(word));
      count += entry.hidden ? 0 : 1;
    });
    for (const series of document.querySelectorAll(".series")) {
      series.hidden = !series.querySelector(".menu li:not([hidden])");
    }
    found.textContent = words.length === 0 ? "" : count === 0 ? found.dataset.none : `${found.dataset.label} ${count}`;
  });
}

/** Reads server-sent events from an answer, so that an answer that is none can be told from a lost connection. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const parts = text.split("\n\n");
    text = parts.pop();
    for (const part of parts) {
      const name = /^event: (.*)$/m.exec(part);
      const data = /^data: (.*)$/m.exec(part);
      if (name && data) yield [name[1], JSON.parse(data[1])];
    }
  }
}

/** A run, in its page. */
function run() {
  const form = document.getElementById("run");
  const output = document.getElementById("output");
  if (!form || !output || !window.TextDecoderStream) return;
  const head = document.getElementById("output-head");
  const main = form.querySelector("button.main");
  const name = main.textContent;
  let under_way = null;

  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const said = (text, wrong) => {
    const line = element("p", { className: wrong ? "wrong" : "hint", textContent: text });
    line.setAttribute("role", wrong ? "alert" : "status");
    return line;
  };

  const play = async (address, signal) => {
    const status = said("", false);
    const lines = element("ol", { className: "lines" });
    output.replaceChildren(head, status, lines);
    head.focus({ preventScroll: true });
    output.scrollIntoView({ block: "start" });
    const response = await fetch(address, { signal, headers: { accept: "text/event-stream" } });
    if (!response.ok) {
      const { errors } = await response.json();
      output.replaceChildren(head, ...errors.map((error) => said([error.text, error.next].filter(Boolean).join(" "), true)));
      return true;
    }
    for await (const [kind, data] of events(response)) {
      if (kind === "line") {
        const near = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 40;
        lines.insertAdjacentHTML("beforeend", data.html);
        if (near) lines.scrollTop = lines.scrollHeight;
      } else if (kind === "ended") {
        status.remove();
        const end = element("div", { innerHTML: data.html });
        end.dataset.ended = "true";
        output.append(end);
        return true;
      } else {
        status.textContent = data.text;
      }
    }
    return false;
  };

  form.addEventListener("submit", async (event) => {
    // JSON, and what is shown to a room, are pages of their own.
    if (event.submitter && event.submitter.name) return;
    event.preventDefault();
    if (under_way) {
      under_way.abort();
      return;
    }
    const query = new URLSearchParams(new FormData(form));
    for (const [key, value] of [...query]) if (value === "") query.delete(key);
    under_way = new AbortController();
    main.textContent = form.dataset.stop;
    try {
      const whole = await play(`${form.dataset.live}?${query}`, under_way.signal);
      if (!whole) output.append(said(form.dataset.lost, true));
    } catch {
      // By the reader, or by the network: in both cases there is nothing more to come.
      output.querySelector("[role=status]")?.remove();
      const aborted = under_way.signal.aborted;
      output.append(said(aborted ? form.dataset.stopped : form.dataset.lost, !aborted));
    }
    under_way = null;
    main.textContent = name;
  });
}

/** What a room shows. The browser connects again by itself. */
function room() {
  const status = document.getElementById("room");
  const frame = document.getElementById("shown");
  if (!status || !frame) return;
  new EventSource(status.dataset.live).addEventListener("show", (event) => {
    const { src, text } = JSON.parse(event.data);
    status.textContent = text;
    frame.hidden = !src;
    if (src && frame.getAttribute("src") !== src) frame.setAttribute("src", src);
  });
}

search();
run();
room();
