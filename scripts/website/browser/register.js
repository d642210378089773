// The register of facts, filtered and sorted by the form above it. The query of the address is the view, its hash a fact.
// Without this file all facts are there, in the order of the article. Words come from the page's own attributes.
(() => {
  const form = document.querySelector(".lt-find"), list = document.querySelector(".lt-facts");
  const status = form.querySelector("[role=status]"), none = list.nextElementSibling;
  const fields = [...form.elements].filter((field) => field.name);
  const {q, sort, verdict} = form.elements;
  const filters = fields.filter((field) => field !== q && field !== sort);
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const rows = [...list.children];
  const said = (row) => [...row.querySelectorAll(".lt-fact__statement, .lt-fact__twin")].map((part) => part.textContent);
  const texts = new Map(rows.map((row) => [row, plain(said(row).join("\n"))]));

  // What is undated, has no number or no verdict comes last; numbers are compared within their unit only.
  const units = [...new Set(rows.map((row) => row.dataset.unit))];
  const doubts = [...verdict.options].map((option) => option.value);
  const orders = {
    period: (a, b) => !a.period - !b.period || (a.period > b.period) - (a.period < b.period),
    value: (a, b) => !a.value - !b.value || units.indexOf(a.unit) - units.indexOf(b.unit) || b.value - a.value,
    verdict: (a, b) => !a.verdict - !b.verdict || doubts.indexOf(a.verdict) - doubts.indexOf(b.verdict),
  };
  const sorted = () => (sort.value ? [...rows].sort((a, b) => orders[sort.value](a.dataset, b.dataset)) : rows);

  const named = () => rows.find((row) => `#${row.id}` === location.hash);
  const show = () => {
    const words = plain(q.value).split(/\s+/);
    const chosen = filters.filter((field) => field.value);
    for (const row of rows) {
      row.hidden = !chosen.every((field) => row.dataset[field.name].split(" ").includes(field.value))
        || !words.every((word) => texts.get(row).includes(word));
    }
    const order = sorted();
    if (order.some((row, place) => row !== list.children[place])) list.append(...order);
    const shown = rows.filter((row) => !row.hidden).length;
    const names = [...chosen.map((field) => field.selectedOptions[0].dataset.name), q.value.trim()].filter(Boolean);
    const {count, colon, list: comma} = status.dataset;
    status.textContent = count.replace("{shown}", shown) + (names.length ? colon + names.join(comma) : "");
    none.hidden = shown > 0;
  };

  // The address: read when the page opens and when the reader goes back, written with every choice.
  // A word that is being typed makes one step of the history, not one a letter.
  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = asked.get(field.name) ?? "";
      if (field.selectedIndex < 0) field.value = ""; // the address asks for what is not there
    }
  };
  const twins = () => document.querySelectorAll(".lt-language").forEach((link) => { link.search = location.search; });
  const write = (replace) => {
    const url = new URL(location);
    for (const {name, value} of fields) value.trim() ? url.searchParams.set(name, value.trim()) : url.searchParams.delete(name);
    if (named()?.hidden) url.hash = "";
    try {
      if (url.href !== location.href) history[replace ? "replaceState" : "pushState"](null, "", url);
    } catch { /* a browser that lets no page name its view still shows it */ }
    twins();
  };
  let typing = false;
  const change = (text) => {
    show();
    write(text && typing);
    typing = text;
  };
  const open = () => {
    read();
    show();
    twins();
  };
  const clear = () => fields.forEach((field) => { field.value = ""; });
  // A link to a fact is stronger than a filter that would hide it.
  const lead = () => {
    const row = named();
    if (row?.hidden) {
      clear();
      show();
      write(true);
    }
    row?.scrollIntoView();
  };

  form.addEventListener("input", (event) => event.isComposing || change(event.target === q));
  form.addEventListener("compositionend", () => change(true));
  form.addEventListener("change", () => { typing = false; });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
    change(false);
  });
  addEventListener("popstate", () => {
    typing = false;
    open();
  });
  addEventListener("hashchange", () => named()?.hidden && lead());
  open();
  if (location.search) lead();

  // A register on several pages: an address without the page's number still leads to its fact.
  const {home, facts, code} = list.dataset;
  if (home && location.hash && !document.getElementById(location.hash.slice(1))) {
    const root = new URL(home, location);
    fetch(new URL(`${facts}${encodeURIComponent(location.hash.slice(1))}.json`, root))
      .then((answer) => answer.json())
      .then(({address, dataset}) => location.replace(new URL(address[code].replace(dataset.address ?? "", ""), root)))
      .catch(() => { /* no such fact: the page is shown from its start */ });
  }
})();
