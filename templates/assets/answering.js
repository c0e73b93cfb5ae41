// The answer of a municipality: everything works without this file. With it, what is typed is saved
// three seconds after typing stops, stays on the device while there is no connection, and goes out
// by itself when there is one again; chosen files are sent at once.

const PATIENCE = 6000; // ms for one try: with the three seconds before it, ten are not over
const RETRY = 8000;
const LEAVING = 60000; // what a browser still sends when its page is closed: 64 KiB (Fetch, 4.6)
const form = document.querySelector("form[data-draft]");

document.querySelector("main [role=alert]")?.focus();

const device = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, copy) {
    try {
      localStorage.setItem(key, JSON.stringify(copy));
      return true;
    } catch {
      return false; // private windows, a full disk
    }
  },
  forget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // then there is nothing to forget
    }
  },
};

const lines = (text) => text.replaceAll("\r\n", "\n").trim();

// Words that are on this device and nowhere on the page: shown, never put over what stands there.
function showElsewhere(copy) {
  const place = document.querySelector("[data-elsewhere]");
  if (!place || !copy) return;
  const here = lines(document.querySelector("main").textContent) + [...document.querySelectorAll("textarea")].map((field) => field.value).join("\n");
  const words = copy.fields
    .filter(([name]) => name === "text" || /^(comment|answer)-/.test(name))
    .map(([, value]) => lines(value))
    .filter((value) => value && !/^\d+$/.test(value) && !here.includes(value));
  if (!words.length) return device.forget(keyOf(place.dataset.elsewhere));
  place.querySelector(".kept").textContent = words.join("\n\n");
  place.hidden = false;
}

function keyOf(address) {
  return `draft:${address.split("?")[0]}`;
}

// A draft begins with a real input event: a scanner that opens the page leaves nothing.
function keepDrafts() {
  const status = form.querySelector("[data-draft-status]");
  const key = keyOf(form.dataset.draft);
  let timer;
  let typed = 0; // how often something was typed, and how much of it is saved
  let saved = 0;
  let saving = false;

  const fields = () => [...new FormData(form)].filter(([name, value]) => !name.startsWith("_") && typeof value === "string");
  const keep = () => device.write(key, { seen: form.elements._seen.value, fields: fields() });
  const tell = () => {
    status.textContent = keep() ? status.dataset.lost : status.dataset.gone;
  };

  async function save() {
    clearTimeout(timer);
    if (saving || saved === typed) return;
    saving = true;
    const upTo = typed;
    try {
      const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: String(body).length < LEAVING, signal: AbortSignal.timeout(PATIENCE) });
      if (![200, 409, 422].includes(answer.status)) throw new Error(String(answer.status));
      status.textContent = await answer.text();
      saved = upTo;
      if (answer.ok) {
        form.elements._seen.value = answer.headers.get("x-draft") ?? "";
        if (saved === typed) device.forget(key);
      } else keep();
    } catch {
      tell();
      timer = setTimeout(save, RETRY);
    } finally {
      saving = false;
    }
    if (saved !== typed && saved === upTo) timer = setTimeout(save, 3000);
  }

  form.addEventListener("input", (event) => {
    if (!event.isTrusted || event.target.type === "file") return;
    typed += 1;
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, 3000);
  });
  form.addEventListener("submit", () => {
    // What is on the device stays there until a page shows that it has arrived.
    if (typed) keep();
    saved = typed;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  addEventListener("online", save);
  addEventListener("offline", () => {
    if (saved !== typed) tell();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted && device.read(key)) {
      typed += 1; // back from a page that could not be reached
      save();
    }
  });

  const before = device.read(key);
  if (!before?.fields) return;
  if (before.seen !== form.elements._seen.value) return showElsewhere(before);
  restore(before.fields);
  typed += 1;
  save();
}

function restore(fields) {
  const values = new Map(fields);
  const tapped = new URLSearchParams(location.search).has("a"); // in the letter, just now
  for (const field of form.elements) {
    if (!field.name || field.name.startsWith("_") || ["hidden", "file", "submit"].includes(field.type)) continue;
    if (tapped && field.name === "stance") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.get(field.name) === field.value;
    else field.value = values.get(field.name) ?? "";
    const folded = field.value && field.name.startsWith("comment-") && field.closest("details");
    if (folded) folded.open = folded.parentElement.closest("details").open = true;
  }
}

function sendFiles() {
  const place = form.querySelector("[data-files]");
  const input = place?.querySelector("input");
  const status = place?.querySelector("[data-status]");
  input?.addEventListener("change", async () => {
    const chosen = [...input.files].slice(0, 10);
    if (!chosen.length) return;
    const body = new FormData();
    // Of one that is too large no more than shows that.
    for (const file of chosen) body.append("files", file.slice(0, Number(place.dataset.largest) + 1), file.name);
    status.textContent = place.dataset.sending;
    try {
      const answer = await fetch(place.dataset.files, { method: "POST", body });
      if (![200, 422].includes(answer.status)) throw new Error(String(answer.status));
      place.querySelector("[data-list]").innerHTML = await answer.text();
      input.value = "";
      status.textContent = "";
    } catch {
      status.textContent = place.dataset.lost;
    }
  });
}

if (form) {
  keepDrafts();
  sendFiles();
} else {
  const place = document.querySelector("[data-elsewhere]");
  if (place) showElsewhere(device.read(keyOf(place.dataset.elsewhere)));
}
