// Everything works without this file. It adds keys to the inbox and moves the focus to an error
// summary.
import { tinykeys } from "./vendor/tinykeys/tinykeys.mjs";

const summary = document.querySelector(".summary");
if (summary) summary.focus();

// Keys act outside fields and without Ctrl, Alt or Meta (WCAG 2.1.4); they can be switched off.
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const find = (selector) => document.querySelector(selector);

function passedOver(event) {
  return (
    event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey ||
    event.target.closest?.(FIELDS) || find("dialog[open]")
  );
}

function does(act) {
  return (event) => {
    event.preventDefault();
    act(event);
  };
}

const click = (selector) => does(() => find(selector)?.click());

// A summary opens and hands the focus on; pressed again it does what stands first in it. A button
// that needs a choice leads to it.
function press(key) {
  const many = find("[data-selection] input:checked") && find(`[data-many="${key}"]`);
  const row = document.activeElement.closest("[data-row]");
  const element = many || row?.querySelector(`[data-row-key="${key}"]`) || find(`[data-key="${key}"]`);
  if (!element) return;
  const choice = element.dataset.needs && document.getElementById(element.dataset.needs);
  if (choice && !choice.value) reach(choice);
  else if (element.localName !== "summary") element.click();
  else if (element.parentElement.open) find(`[open] > [data-key="${key}"] ~ * [data-again]`)?.click();
  else {
    element.parentElement.open = true;
    element.parentElement.querySelector("[data-first], input:not([type=hidden])")?.focus();
  }
}

function reach(field) {
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
}

if (document.body.dataset.keys === "on") {
  const bindings = {
    "/": does(() => {
      const box = find("[data-key-search]");
      if (box?.checkVisibility()) box.focus();
      else find('header a[href$="/search"]')?.click();
    }),
    "Shift+?": does(() => find("#keys")?.showModal()),
    "?": does(() => find("#keys")?.showModal()),
    "g n": click('[data-go="now"]'),
    "g i": click('[data-go="inbox"]'),
    "g d": click('[data-go="dossiers"]'),
    "g t": click('[data-go="deadlines"]'),
    "Shift+Digit2": does(() => reach((ticked().length && find("#selected-dossier")) || find("[data-key-choose]"))),
    x: does(() => tick()),
    "Shift+x": does(() => tickUpToHere()),
    o: does(() => read()),
    Enter: (event) => {
      if (event.target === document.body || event.target.matches(".inbox [aria-current], .inbox input")) does(read)(event);
    },
  };
  for (const key of ["j", "k", "v", "t", "h", "z"]) bindings[key] = does(() => press(key));
  // By their place: without Shift, the first row of a French keyboard has other signs.
  for (const digit of [1, 2, 3, 4]) bindings[`Digit${digit}`] = does(() => press(String(digit)));
  tinykeys(window, bindings, { ignore: passedOver });
}

// Esc goes back from an opened panel, or a field of it, to the list.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !find("[data-inbox]") || find("dialog[open]")) return;
  for (const panel of document.querySelectorAll(".decide > details[open]")) panel.open = false;
  if (document.activeElement !== document.body) find(".inbox [aria-current]")?.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-list]")) find("#keys").showModal();
  if (event.target.closest("#keys button")) event.target.closest("dialog").close();
});

// While somebody types into a search box, the first hits stand below it: a plain list of links.
for (const box of document.querySelectorAll("input[data-suggested]")) {
  const place = box.parentElement.querySelector("[data-suggestions]");
  let timer;
  const suggest = async () => {
    const asked = box.value.trim();
    if (asked.length < 2) return place.replaceChildren();
    try {
      const answer = await fetch(`${box.dataset.suggested}?q=${encodeURIComponent(asked)}`);
      if (answer.ok && asked === box.value.trim()) place.innerHTML = await answer.text();
    } catch {
      place.replaceChildren();
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 200);
  });
  box.closest("form").addEventListener("keydown", (event) => {
    if (event.key === "Escape") place.replaceChildren();
  });
}

// Who is asked: the count follows the choice. Without this file a button counts.
for (const place of document.querySelectorAll("[data-audience]")) {
  const form = place.closest("form");
  const chosen = form.querySelector("#facts");
  let timer;
  let asked = 0;
  const recount = async () => {
    const mine = ++asked;
    const body = new FormData(form);
    body.set("recount", "only");
    try {
      const answer = await fetch(place.dataset.audience, { method: "POST", body: new URLSearchParams(body) });
      if (answer.ok && mine === asked) place.innerHTML = await answer.text();
    } catch {
      // the button counts as well
    }
  };
  chosen.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(recount, 400);
  });
}

// The procedures of the chosen body come first. Without this they stand by body all the same.
for (const select of document.querySelectorAll("select[data-first-of]")) {
  document.getElementById(select.dataset.firstOf)?.addEventListener("change", (event) => {
    const group = select.querySelector(`optgroup[data-key-of="${CSS.escape(event.target.value)}"]`);
    if (group) select.querySelector("optgroup").before(group);
  });
}

// "Copy for Excel": the table goes to the clipboard; without this file the link is a download.
for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(String(answer.status));
      await navigator.clipboard.writeText(await answer.text());
      link.insertAdjacentHTML("afterend", '<span role="status"></span>');
      link.nextElementSibling.textContent = ` ${link.dataset.copy}`;
    } catch {
      location.assign(link.href);
    }
  });
}

// The inbox: a decision or another entry exchanges what is in <main>, so that selection and place
// stay. Without this file each is a page of its own.
const wide = matchMedia("(min-width: 60rem)");
let lastTicked;
let busy = false;

const boxes = () => [...document.querySelectorAll(".inbox input[name=entry]")];
const ticked = () => boxes().filter((box) => box.checked).map((box) => box.value);
const here = () => find(".inbox [data-key=x]");

function tick() {
  const box = here();
  if (!box || busy) return;
  box.checked = !box.checked;
  lastTicked = box.value;
  count();
}

function tickUpToHere() {
  const all = boxes();
  const ends = [all.findIndex((box) => box.value === lastTicked), all.indexOf(here())];
  if (ends[1] < 0) return;
  const from = ends[0] < 0 ? ends[1] : Math.min(...ends);
  for (const box of all.slice(from, Math.max(...ends) + 1)) box.checked = true;
  count();
}

function count() {
  const place = find("[data-count]");
  if (place) place.textContent = ticked().length ? `(${ticked().length})` : "";
}

function read() {
  const title = find("#entry-title");
  title?.focus({ preventScroll: wide.matches });
}

function stayOrLeave(answer, page) {
  const inside = page.querySelector("[data-inbox]") || [409, 422].includes(answer.status);
  if (answer.status >= 500) throw new Error(String(answer.status));
  if (!inside) location.assign(answer.url);
  return inside;
}

function exchange(answer, page, kept, opened) {
  // The languages in the footer lead to the same entry.
  for (const part of answer.ok ? ["main", "body > footer"] : ["main"]) {
    find(part)?.replaceWith(document.adoptNode(page.querySelector(part)));
  }
  document.title = page.title;
  if (!find("[data-selection] input:checked")) for (const box of boxes()) box.checked = kept.includes(box.value);
  count();
  for (const button of document.querySelectorAll("[data-keys-list]")) button.hidden = false;
  const summary = find(".summary");
  if (summary) summary.focus();
  else if (wide.matches) requestAnimationFrame(() => setTimeout(placeCursor));
  else if (opened) find("#entry-title")?.focus();
  else scrollTo(0, 0);
}

// After the entry has been painted: a focus lays out the whole page.
function placeCursor() {
  const row = find(".inbox [aria-current]");
  if (!row || document.activeElement !== document.body) return;
  row.focus({ preventScroll: true });
  row.closest("li").scrollIntoView({ block: "nearest" });
}

// While somebody reads, the next entry is fetched; it is on the screen at once when it is its turn.
let ahead;
let early;
let waiting;
let queued;

const parsed = (text) => new DOMParser().parseFromString(text, "text/html");
const entryOf = (card) => card?.querySelector("[name=entry]")?.value;

function lookAhead() {
  clearTimeout(waiting);
  ahead = undefined;
  const link = find(".inbox [data-key=j]");
  if (!link || navigator.connection?.saveData) return;
  waiting = setTimeout(async () => {
    try {
      const answer = await fetch(link.href, { headers: { "X-Ahead": "1" } });
      const card = parsed(await answer.text()).querySelector("article.card");
      if (answer.ok && card && link.isConnected) ahead = { link, card: document.adoptNode(card) };
    } catch {
      // then it is fetched when it is wanted
    }
  }, 300);
}

function showEarly(address, leaving) {
  const card = find("article.card");
  const mine = leaving.length === 1 && leaving[0] === entryOf(card);
  if (!ahead || !(mine || address === ahead.link.href)) return;
  const row = find(".inbox [aria-current]");
  early = { next: ahead.card, card, row, link: ahead.link };
  card.replaceWith(early.next);
  row?.removeAttribute("aria-current");
  early.link.setAttribute("aria-current", "true");
}

function takeBack() {
  early?.next.replaceWith(early.card);
  early?.row?.setAttribute("aria-current", "true");
  early?.link.removeAttribute("aria-current");
}

// What has been begun in an entry that was shown early goes on in the page that it belongs to.
function keepEarly(page) {
  const card = page.querySelector("article.card");
  if (!early || !entryOf(card) || entryOf(card) !== entryOf(early.next)) return;
  const focused = document.activeElement;
  card.replaceWith(early.next);
  if (early.next.contains(focused)) queueMicrotask(() => focused.focus());
}

// `leaving`: rows that are gone as soon as the key is pressed, and back when it was in vain. What is
// pressed meanwhile waits, if the next entry is shown already; else it was meant for another.
async function load(address, options) {
  if (busy) {
    if (early) queued = () => load(address, options);
    return;
  }
  const { body, leaving = [], again, opened = false, remember = "replaceState" } = options;
  busy = true;
  clearTimeout(waiting);
  const kept = ticked().filter((value) => !leaving.includes(value));
  const rows = boxes().filter((box) => leaving.includes(box.value)).map((box) => box.closest("li"));
  for (const row of rows) row.hidden = true;
  showEarly(address, leaving);
  try {
    const answer = await fetch(address, body ? { method: "POST", body } : {});
    const page = parsed(await answer.text());
    if (!stayOrLeave(answer, page)) return;
    keepEarly(page);
    exchange(answer, page, kept, opened);
    history[answer.ok ? remember : "replaceState"](null, "", answer.ok ? answer.url : location.href);
    lookAhead();
  } catch {
    takeBack();
    queued = undefined;
    for (const row of rows) row.hidden = false;
    inVain(body ? "lost" : "unread", again);
  } finally {
    busy = false;
    early = undefined;
    const next = queued;
    queued = undefined;
    next?.();
  }
}

function inVain(what, again) {
  const place = find("[data-inbox]");
  find("#in-vain")?.remove();
  place.insertAdjacentHTML("afterbegin", '<div id="in-vain" class="banner warn cluster spread" role="alert"><span></span><button class="btn quiet" type="button"></button></div>');
  const [words, button] = find("#in-vain").children;
  words.textContent = place.dataset[what];
  button.textContent = place.dataset.retry;
  button.addEventListener("click", again);
}

if (find("[data-inbox]")) {
  for (const button of document.querySelectorAll("[data-keys-list]")) button.hidden = document.body.dataset.keys !== "on";
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const inside = form.closest("main") && find("[data-inbox]") && form.method === "post";
    if (!inside || form.matches("[data-reload]")) return;
    event.preventDefault();
    const { submitter } = event;
    const body = new URLSearchParams(new FormData(form, submitter));
    const leaving = form.action.endsWith("/inbox/decide") && body.get("do") !== "open" ? body.getAll("entry") : [];
    load(form.action, { body, leaving, again: () => form.requestSubmit(submitter) });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-stay]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    load(link.href, { again: () => link.click(), opened: true, remember: "pushState" });
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".inbox input[name=entry]")) return;
    lastTicked = event.target.value;
    count();
  });
  addEventListener("popstate", () => load(location.href, { again: () => location.reload() }));
  count();
  lookAhead();
}
