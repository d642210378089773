// What the pages do beyond HTML and CSS: colour scheme, search when asked for, notes by tap, charts to explore, copying, the 404.
// Every part of a page can be read without this file. Words come from the page's own attributes.
(() => {
  const me = document.currentScript.dataset;
  const root = document.documentElement;
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const store = (key, value) => { try { return value ? localStorage.setItem(key, value) : localStorage.getItem(key); } catch { return null; } };

  // Colour scheme: the system's until the reader chooses (the choice is read in the head, before anything is drawn).
  const dark = matchMedia("(prefers-color-scheme: dark)");
  each("[data-scheme-switch]", (button) => {
    button.addEventListener("click", () => {
      root.dataset.scheme = (root.dataset.scheme || (dark.matches ? "dark" : "light")) === "dark" ? "light" : "dark";
      store("lt-scheme", root.dataset.scheme);
    });
  });

  // The same place of the page in the other language.
  each("a.lt-language", (link) => link.addEventListener("click", () => { link.hash = location.hash; }));

  // The theme opens menu and search with labels of hidden boxes: here they are buttons, for keys and screen readers, too.
  const wide = matchMedia("(min-width: 76.25em)").matches;
  const names = {__drawer: me.menu, __search: document.querySelector(".md-search__input")?.ariaLabel};
  each(".md-header__button[for], .md-nav__item--nested > .md-nav__link[for], .md-nav .md-nav > .md-nav__title[for^=__nav]", (label) => {
    if (wide && !names[label.htmlFor]) return label.removeAttribute("tabindex"); // there it is the title of a list
    const box = document.getElementById(label.htmlFor), button = document.createElement("button");
    const tell = () => { button.ariaExpanded = box.checked; };
    for (const {name, value} of label.attributes) button.setAttribute(name, value);
    button.type = "button";
    if (names[box.id]) button.ariaLabel = names[box.id];
    button.append(...label.childNodes);
    button.addEventListener("click", () => box.click());
    box.addEventListener("change", tell);
    tell();
    label.replaceWith(button);
  });
  const drawer = document.getElementById("__drawer");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked) return;
    drawer.click();
    document.querySelector(".md-header__button[for=__drawer]").focus();
  });

  // Search: the theme's script, its worker and the index are fetched when somebody wants to search.
  const toggle = document.getElementById("__search"), field = document.querySelector(".md-search__input");
  let wanted = false;
  const fail = () => { document.querySelector(".md-search-result__meta").textContent = me.failed; };
  const want = () => {
    if (wanted || !me.search) return;
    if (location.protocol === "file:") return fail(); // in a folder a browser lets no page read the index
    wanted = true;
    const script = document.createElement("script");
    script.src = me.search;
    script.onload = () => { if (toggle.checked || document.activeElement === field) field.focus(); };
    script.onerror = () => { wanted = false; fail(); };
    document.body.append(script);
  };
  if (toggle && field) {
    toggle.addEventListener("change", () => {
      want();
      if (toggle.checked) field.focus(); // what is typed before the search has come is not lost
    });
    field.addEventListener("focus", want);
    field.form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (wanted || typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
      event.preventDefault();
      toggle.checked = true;
      want();
      field.focus();
    });
  }

  // A quoted number says in a note whose it is: on hover, focus, or the first tap. The pointer may go there; Esc closes it.
  const note = document.createElement("div");
  note.className = "lt-note";
  note.id = "lt-note";
  note.role = "tooltip";
  let noted = null, closing = 0;
  const close = () => {
    noted?.removeAttribute("aria-describedby");
    noted = null;
    note.remove();
  };
  const place = () => {
    if (!noted) return;
    const at = noted.getClientRects()[0], {width, height} = note.getBoundingClientRect();
    note.style.left = `${Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8))}px`;
    note.style.top = `${at.top - height > 56 ? at.top - height : at.bottom}px`; // the page's header takes 48
  };
  const show = (link) => {
    clearTimeout(closing);
    if (link === noted) return;
    close();
    noted = link;
    note.textContent = link.dataset.note;
    link.setAttribute("aria-describedby", note.id);
    document.body.append(note);
    place();
  };
  const leave = () => { closing = setTimeout(close, 200); };
  const link = (event) => event.target.closest?.("[data-note]");
  const touch = matchMedia("(hover: none)").matches;
  root.dataset.scripted = "";
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (link(event)) show(link(event));
    else if (event.target === note) clearTimeout(closing);
    else if (noted && noted !== document.activeElement) leave();
  });
  document.addEventListener("focusin", (event) => link(event)?.matches(":focus-visible") ? show(link(event)) : close());
  document.addEventListener("scroll", place, {passive: true}); // a key that moves the focus scrolls too
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  document.addEventListener("click", (event) => {
    if (event.target === note) return;
    if (touch && link(event) && link(event) !== noted) event.preventDefault(), show(link(event));
    else if (touch) close();
  });

  // A chart to explore. Until all is there the drawing stays; if it does not come, the drawing stays and says so.
  const tip = document.createElement("div");
  tip.className = "lt-tip";
  tip.hidden = true;
  const tell = (mark, values) => {
    tip.hidden = !mark;
    if (!mark) return;
    const list = document.createElement("dl");
    for (const [name, value] of Object.entries(values)) {
      if (!value) continue;
      const [term, text] = [document.createElement("dt"), document.createElement("dd")];
      [term.textContent, text.textContent] = [name, value];
      list.append(term, text);
    }
    tip.replaceChildren(list);
    const at = mark.getBoundingClientRect(), size = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 8);
    tip.style.left = `${left}px`;
    tip.style.top = `${at.top - size.height - 10 > 60 ? at.top - size.height - 10 : at.bottom + 10}px`;
  };
  document.addEventListener("scroll", () => tell(null), {passive: true});
  document.addEventListener("keydown", (event) => event.key === "Escape" && tell(null));
  each("[data-explore]", (button) => {
    const figure = button.closest("figure"), drawing = figure.querySelector(".lt-figure__drawing");
    const live = figure.querySelector(".lt-figure__live"), status = figure.querySelector(".lt-figure__status");
    const [explore, back] = [button.textContent, button.dataset.back];
    let leave = null, busy = false;
    const close = () => {
      leave();
      leave = null;
      live.replaceChildren();
      live.hidden = !(drawing.hidden = false);
      button.textContent = explore;
      status.textContent = "";
      tell(null);
    };
    const open = async () => {
      const wide = drawing.querySelector(".lt-figure__frame--wide").offsetParent !== null;
      const [answer] = await Promise.all([fetch(button.dataset.explore), import(new URL(me.bundle, document.baseURI))]);
      if (!answer.ok) throw new Error(answer.status);
      const host = document.createElement("div");
      host.className = `lt-figure__frame--${wide ? "wide" : "narrow"}`;
      live.replaceChildren(host);
      leave = await window.lowTide.show(host, (await answer.json())[wide ? "wide" : "narrow"], tell);
      document.body.append(tip);
      live.hidden = !(drawing.hidden = true);
      button.textContent = back;
      status.textContent = status.dataset.ready;
    };
    button.addEventListener("click", async () => {
      if (busy) return;
      if (leave) return close();
      busy = true;
      status.textContent = status.dataset.loading;
      try {
        await open();
      } catch {
        live.replaceChildren();
        status.textContent = status.dataset.failed;
      }
      busy = false;
    });
  });

  // Citations and code: today's date (as ISO 8601 has it) where a citation asks for the day of reading, and buttons that
  // copy. Where the browser refuses, the text is selected, so that the reader's own keys copy it.
  each("[data-today]", (place) => { place.textContent = new Date().toLocaleDateString("sv"); });
  each("[data-copy]", (button) => {
    button.addEventListener("click", async () => {
      const text = document.querySelector(button.dataset.copy), status = button.nextElementSibling;
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(text.textContent);
        status.textContent = button.dataset.copied;
      } catch {
        getSelection().selectAllChildren(text);
        status.textContent = button.dataset.refused;
      }
    });
  });

  // A browser set to a language that the site has is told so once, on the first visit; nobody is redirected.
  const other = [...document.querySelectorAll(".lt-language:not([aria-current])")].find((link) =>
    navigator.language.startsWith(link.hreflang));
  if (other && !navigator.language.startsWith(root.lang) && !store("lt-offered")) {
    store("lt-offered", "yes");
    other.classList.add("lt-language--offered");
  }

  // An address that is not there: the pages whose names come nearest.
  const lost = document.querySelector("[data-lost]");
  if (lost) {
    const read = (text) => { try { return decodeURIComponent(text); } catch { return text; } }; // a mistyped % stays
    const words = location.pathname.split("/").map(read).join("/").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
    const pairs = (text) => new Set([...text].slice(1).map((_, i) => text.slice(i, i + 2)));
    const near = (a, b) => {
      const [one, two] = [pairs(a), pairs(b)];
      return (2 * [...one].filter((pair) => two.has(pair)).length) / (one.size + two.size || 1);
    };
    each("[data-lost]", (part) => {
      const ranked = [...part.querySelectorAll("[data-slug]")].map((item) => {
        const names = item.dataset.slug.split("-");
        return [Math.max(0, ...words.flatMap((word) => names.concat(item.dataset.slug.replaceAll("-", "")).map((name) => near(word, name)))), item];
      }).sort((a, b) => b[0] - a[0]);
      const likely = part.querySelector(".lt-likely");
      if (ranked[0] && ranked[0][0] > 0.5) {
        likely.querySelector("span").replaceWith(ranked[0][1].querySelector("a").cloneNode(true));
        likely.hidden = false;
      }
      if (words.includes(part.lang)) part.parentNode.prepend(part);
    });
  }
})();
