// Writing a position: everything works without this file. With it the length follows what is
// typed, ticked passages are cited without waiting, and what is typed stays on this device until
// it is saved.

const form = document.querySelector("form[data-editing]");
const words = (name) => [...form.querySelectorAll(`textarea[name^="${name}"]`)];

// As advocacy/provenance/sentences.py leaves citations out of what goes to a channel.
const CLOSED = String.raw`\[[ \t]*@[^\[\]\n]*\]`;
const LEFT_OUT = [
  [new RegExp(String.raw`\n[ \t]*(?:${CLOSED}[ \t]*)+(?=\n|$)`, "gu"), ""],
  [new RegExp(String.raw`(^|\n)(?:[ \t]*${CLOSED})+[ \t]*`, "gu"), "$1"],
  [new RegExp(String.raw`(?<=[\p{L}\p{N}_])(?:${CLOSED})+(?=[\p{L}\p{N}_])`, "gu"), " "],
  [new RegExp(String.raw`(?<![^\S\n])[^\S\n]*${CLOSED}`, "gu"), ""],
];

function withoutCitations(text) {
  return LEFT_OUT.reduce((kept, [mark, instead]) => kept.replace(mark, instead), text);
}

function count() {
  const place = document.querySelector("[data-counter]");
  const texts = words("text-").map((field) => withoutCitations(field.value.trim()).trim());
  const length = [...texts.filter((text) => text).join("\n\n")].length;
  const shown = length.toLocaleString(document.documentElement.lang);
  place.textContent = place.dataset.counter.replace("{length}", shown);
  if (!place.dataset.limit || length <= Number(place.dataset.limit)) return;
  const over = document.createElement("span");
  over.className = "tag bad";
  over.textContent = place.dataset.over;
  place.append(" ", over);
}

// As advocacy/positions/writing/linking.py puts marks behind the last sentence.
function cited(text, marks) {
  const known = new Set(text.match(/@(?:[1-9]\d*\.[1-9]\d*|own)/g));
  const fresh = marks.filter((mark) => !known.has(mark));
  if (!fresh.length) return text;
  const last = text.match(/\[[ \t]*(@[^[\]\n]*?)[ \t]*\](?=[.!?…)»”’"'\s]*$)/);
  if (last) {
    const before = last[1].split(/\s+/).filter((mark) => mark !== "@own");
    return `${text.slice(0, last.index)}[${[...before, ...fresh].join(" ")}]${text.slice(last.index + last[0].length)}`;
  }
  const end = text.slice(0, text.match(/[.!?…]*[)»”’"']*\s*$/).index).trimEnd().length;
  return `${text.slice(0, end)} [${fresh.join(" ")}]${text.slice(end)}`;
}

function linking() {
  const bar = document.querySelector(".linking");
  if (!bar) return;
  const number = bar.querySelector("input");
  const status = bar.querySelector("[data-linked]");
  const ticked = () => [...document.querySelectorAll("[name=cite]:checked")];

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const boxes = ticked();
    const field = form.elements[`text-${number.value.trim()}`];
    // What the passage itself says is kept by the server, and so is an empty paragraph's start.
    const here = button && field?.value.trim() && boxes.length && boxes.every((box) => [undefined, button.value].includes(box.dataset.stance));
    if (!here) return;
    event.preventDefault();
    field.value = cited(field.value, boxes.flatMap((box) => box.value.split(" ")));
    for (const box of boxes) box.checked = false;
    status.textContent = status.dataset.linked.replace("{place}", number.value.trim());
    number.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    boxes[0].focus();
  });
  number.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    // Nobody's "no" becomes a "yes" by a key.
    const against = ticked().some((box) => box.dataset.stance === "contradicts");
    bar.querySelector(`button[value=${against ? "contradicts" : "supports"}]`).click();
  });
  for (const list of document.querySelectorAll(".quotations")) {
    list.addEventListener("keydown", (event) => {
      if (event.target.name === "cite" && event.key === "Enter") {
        event.preventDefault();
        number.focus();
      }
    });
  }
  if (document.body.dataset.keys !== "on") return;
  // x ticks the passage that has the focus, as in the inbox; without one the first.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "x" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
    const box = event.target.matches("[name=cite]") ? event.target : document.querySelector("[name=cite]");
    if (!box) return;
    if (box === event.target) box.click();
    else box.focus();
  });
}

const device = {
  key: `draft:position:${form?.dataset.editing}`,
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  },
  write(copy) {
    try {
      localStorage.setItem(this.key, JSON.stringify(copy));
      return true;
    } catch {
      return false; // private windows, a full disk
    }
  },
  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // then there is nothing to forget
    }
  },
};

// Fields that begin with "_" are keys of this very page.
const fields = () => [...new FormData(form)].filter(([name]) => !/^(_|cite$|to$|show-)/.test(name));
const lines = (text) => text.replaceAll("\r\n", "\n").trim();
const isTyped = (name) => /^(title$|text-|wanted-)/.test(name);

function keeping() {
  const status = document.querySelector("[data-kept]");
  let timer;
  let typed = false;
  const keep = (sent = false) => {
    clearTimeout(timer);
    if (!typed) return;
    const kept = device.write({ base: form.elements.base.value, sent, fields: fields() });
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    status.textContent = kept ? status.dataset.kept.replace("{time}", time) : status.dataset.lost;
  };
  form.addEventListener("input", (event) => {
    if (/^(cite|to|show-.*)$/.test(event.target.name)) return;
    typed = true;
    count();
    clearTimeout(timer);
    timer = setTimeout(keep, 3000);
  });
  form.addEventListener("submit", (event) => keep((event.submitter?.value ?? "save") === "save"));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
}

// Words of this device that are nowhere on the page are shown, and never put over what is there.
function showKept() {
  const copy = device.read();
  if (!copy?.fields) return;
  const place = document.querySelector("[data-elsewhere]");
  const isSaved = copy.sent && Number(copy.base) < Number(form.elements.base.value);
  const here = new Set(fields().map(([, value]) => lines(value)));
  const missing = copy.fields.filter(([name, value]) => isTyped(name) && lines(value) && !here.has(lines(value)));
  if (isSaved || !missing.length) return device.forget();
  place.querySelector(".kept").textContent = missing.map(([, value]) => lines(value)).join("\n\n");
  place.querySelector("[data-restore]").addEventListener("click", () => restore(copy.fields));
  place.querySelector("[data-forget]").addEventListener("click", () => {
    device.forget();
    place.hidden = true;
  });
  place.hidden = false;
}

// The server lays it out as it was, on the version that it was written on.
function restore(kept) {
  const again = document.createElement("form");
  again.method = "post";
  again.action = form.getAttribute("action");
  const keys = [...new FormData(form)].filter(([name]) => name.startsWith("_"));
  for (const [name, value] of [...keys, ...kept, ["do", "restore"]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    again.append(field);
  }
  again.hidden = true;
  document.body.append(again);
  again.submit();
}

if (form) {
  showKept();
  keeping();
  linking();
}
