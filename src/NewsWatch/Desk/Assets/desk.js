// What script adds to the pages: live numbers, keys, the code of a one-time link. Everything else works without it.
const root = document.documentElement;
root.dataset.script = "";
const all = (selector) => [...document.querySelectorAll(selector)];
const one = (selector) => document.querySelector(selector);
const say = (name, text) => all(`[data-live="${name}"]`).forEach((place) => { if (place.textContent !== text) place.textContent = text; });
const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a browser without storage forgets it */ } };

// A one-time link has its code behind "#": it reaches no log. It is sent as the form would send it.
const signIn = one("#sign-in");
if (signIn && location.hash.length > 1) {
  one("#token").value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  signIn.submit();
}

// Live: one stream while the page is looked at. It brings the numbers of the moment, so a stream that broke off has missed nothing.
let stream = null;
let paused = kept("live") === "off";
const newest = Number(one("main").dataset.newest || 0);

function show(pulse) {
  say("live", "live");
  say("ready", pulse.ready ? "Working" : "Not ready");
  all('[data-live="light"]').forEach((light) => { light.className = `light ${pulse.ready ? "good" : "bad"}`; });
  say("pending", String(pulse.pending));
  badge("bad-sources", pulse.badSources);
  badge("dead", pulse.dead);
  all("progress[data-backtest]").forEach((bar) => {
    if (pulse.backtest === Number(bar.dataset.backtest)) { bar.value = pulse.backtestShare; bar.dataset.ran = ""; }
    else if ("ran" in bar.dataset || pulse.backtest === 0) location.reload();
  });
  offer("new-alerts", pulse.newestAlert - newest, "alert");
  all('[data-live="new-readings"]').forEach((link) => offer("new-readings", pulse.newestReading - Number(link.dataset.newest), "reading"));
}

function badge(name, count) {
  say(name, String(count));
  all(`[data-badge="${name}"]`).forEach((place) => { place.hidden = count === 0; });
}

function offer(name, count, what) {
  if (count > 0) {
    say(name, `${count} new ${what}${count === 1 ? "" : "s"}: show`);
    all(`[data-live="${name}"]`).forEach((link) => { link.hidden = false; });
  }
}

function follow() {
  stream?.close();
  stream = null;
  if (!one(".pulse") || paused || document.hidden) {
    say("live", paused ? "live is paused" : "");
    return;
  }
  stream = new EventSource("/desk/events");
  stream.addEventListener("pulse", (event) => show(JSON.parse(event.data)));
  stream.addEventListener("error", () => say("live", "live is lost, trying again"));
}

document.addEventListener("visibilitychange", follow);
addEventListener("pagehide", () => stream?.close());
follow();

// A long list on one page: what does not hold the words is hidden.
all("[data-filter]").forEach((box) => box.addEventListener("input", () => {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  all("[data-rows] tbody tr").forEach((row) => { row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word)); });
}));

// Keys: only outside fields, and not where somebody switched them off.
const help = one("#help");
const keysOn = one("#keys-on");
keysOn.checked = kept("keys") !== "off";
keysOn.addEventListener("change", () => keep("keys", keysOn.checked ? "on" : "off"));
all("[data-help]").forEach((button) => button.addEventListener("click", () => help.showModal()));
const pages = { n: "", a: "alerts", s: "sources", r: "rules", d: "deliveries", w: "workbench" };
let going = false;
let at = -1;

function step(by) {
  const rows = all("[data-rows] > li, [data-rows] > tbody > tr").filter((row) => !row.hidden && row.querySelector("[data-open]"));
  if (rows.length === 0) return;
  rows[at]?.removeAttribute("data-here");
  at = Math.max(0, Math.min(rows.length - 1, at + by));
  rows[at].dataset.here = "";
  rows[at].querySelector("[data-open]").focus();
  rows[at].scrollIntoView({ block: "nearest" });
}

const keys = {
  "?": () => help.showModal(),
  "/": () => { const box = one("[data-search]"); if (box) box.focus(); else location.href = "/desk/articles"; },
  j: () => step(1),
  k: () => step(-1),
  g: () => { going = true; },
  m: () => one("[data-silence]")?.click(),
  t: () => one('form[action="/desk/theme"] button')?.click(),
  ".": () => { paused = !paused; keep("live", paused ? "off" : "on"); follow(); },
};

document.addEventListener("keydown", (event) => {
  if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
  const went = going;
  going = false;
  if (went && event.key in pages) {
    event.preventDefault();
    location.href = `/desk/${pages[event.key]}`;
  } else if (event.key in keys) {
    event.preventDefault();
    keys[event.key]();
  }
});
