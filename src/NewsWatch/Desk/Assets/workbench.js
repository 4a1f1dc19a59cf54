// The workbench: what a query finds is looked up while it is typed, names are completed, and examples are kept by a click. Without script the form does the same by its button.
const form = document.querySelector("#bench");
const result = document.querySelector("#result");
const looked = document.querySelector("#looked");
const policy = window.trustedTypes?.createPolicy("newswatch-workbench", { createHTML: (html) => html });
const pause = 300;
let asking = null;
let timer = 0;

function asked() {
  const query = new URLSearchParams(new FormData(form));
  [...query].filter(([, value]) => value.trim() === "").forEach(([name]) => query.delete(name));
  return query;
}

// Only this server's own page comes in here, with every text from outside encoded.
async function look() {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  result.setAttribute("aria-busy", "true");
  try {
    const query = asked();
    const answer = await fetch(`/desk/workbench/look?${query}`, { signal: mine.signal });
    if (answer.ok) {
      const html = await answer.text();
      result.innerHTML = policy ? policy.createHTML(html) : html;
      history.replaceState(null, "", `/desk/workbench?${query}`);
      looked.textContent = result.querySelector("[data-said]")?.textContent ?? (result.querySelector("#problems") ? "There is something wrong" : "");
      form.query.setAttribute("aria-describedby", result.querySelector("#problems") ? "problems" : "looked");
    } else {
      looked.textContent = answer.status === 503 ? "Two others are trying queries: press Look" : "Press Look to see what is wrong";
    }
  } catch (trouble) {
    if (trouble.name !== "AbortError") looked.textContent = "The service did not reply: press Look";
  } finally {
    if (asking === mine) result.removeAttribute("aria-busy");
  }
}

form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, pause); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); look(); });

result.addEventListener("click", (event) => {
  const link = event.target.closest("[data-example]");
  if (!link) return;
  event.preventDefault();
  form.querySelectorAll("[name=fires], [name=not]").forEach((field) => field.remove());
  const wanted = new URL(link.href).searchParams;
  for (const name of ["fires", "not"]) {
    for (const text of wanted.getAll(name)) {
      const field = document.createElement("input");
      [field.type, field.name, field.value] = ["hidden", name, text];
      form.append(field);
    }
  }
  look();
});

// Completion: a list under the field, moved through by the arrow keys, taken by Enter or Tab, closed by Escape.
const names = [...document.querySelectorAll("#names dl > div")].map((row) => ({ name: row.querySelector("dt").textContent, means: row.querySelector("dd").textContent }));
const most = 8;

function complete(field) {
  const list = document.createElement("ul");
  [list.id, list.hidden] = [`${field.id}-names`, true];
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names");
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let at = -1;

  const word = () => field.value.slice(0, field.selectionStart).match(/[@#]?[\p{L}\p{N}_:\/-]*$/u)[0];
  const close = () => { list.hidden = true; at = -1; field.removeAttribute("aria-activedescendant"); };

  function offer() {
    const begun = word().toLowerCase();
    const found = begun.length < 2 && !/^[@#]/.test(begun) ? [] : names.filter((one) => one.name.toLowerCase().startsWith(begun) && one.name !== word()).slice(0, most);
    list.replaceChildren(...found.map((one, index) => {
      const row = document.createElement("li");
      row.id = `${list.id}-${index}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      row.dataset.name = one.name;
      const code = document.createElement("code");
      code.textContent = one.name;
      row.append(code, ` ${one.means}`);
      return row;
    }));
    close();
    list.hidden = found.length === 0;
    if (found.length > 0) looked.textContent = `${found.length} name${found.length === 1 ? "" : "s"}: arrow keys choose`;
  }

  function step(by) {
    at = (at + by + list.children.length) % list.children.length;
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === at)));
    field.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  }

  function take(row) {
    field.setRangeText(row.dataset.name + (/[:(]$/.test(row.dataset.name) ? "" : " "), field.selectionStart - word().length, field.selectionStart, "end");
    close();
    field.focus();
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
  }

  field.addEventListener("input", (event) => { if (event.inputType !== "insertReplacementText") offer(); });
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => { event.preventDefault(); if (event.target.closest("li")) take(event.target.closest("li")); });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const act = { ArrowDown: () => step(1), ArrowUp: () => step(at < 0 ? 0 : -1), Escape: close, Enter: at < 0 ? null : () => take(list.children[at]), Tab: at < 0 ? null : () => take(list.children[at]) }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

complete(form.query);
complete(form.unless);
