// Draws one interactive chart. Bundled with Vega, which defines `vegaEmbed`, by scripts/drawing/explore.py.
// show(host, spec, tell): draws the chart in `host`; `tell(item, values)` shows a mark's row, `tell(null)` hides it.
window.lowTide = {
  async show(host, spec, tell) {
    const {view} = await vegaEmbed(host, spec, {
      mode: "vega-lite", ast: true, renderer: "svg", actions: false, defaultStyle: false, config: {aria: false},
      tooltip: (_, event, item, values) => tell(values ? item._svg ?? event.target : null, values),
    });
    const svg = host.querySelector("svg"), seen = new Set(), stops = [];
    for (const part of [svg, ...svg.querySelectorAll("[role]")]) { // Vega's groups of marks, which have no names
      for (const name of ["role", "aria-roledescription"]) part.removeAttribute(name);
    }
    for (const mark of svg.querySelectorAll("path, rect")) {
      const values = mark.__data__?.tooltip;
      if (!values) continue;
      const text = Object.entries(values).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`).join("; ");
      if (seen.has(text)) continue; // a limit is drawn with several marks and told once
      seen.add(text);
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", text);
      mark.setAttribute("tabindex", stops.length ? "-1" : "0");
      mark.addEventListener("focus", () => tell(mark, values));
      mark.addEventListener("blur", () => tell(null));
      stops.push(mark);
    }
    const steps = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
    svg.addEventListener("keydown", (event) => {
      const here = stops.indexOf(event.target);
      const there = event.key === "Home" ? 0 : event.key === "End" ? stops.length - 1 : here + steps[event.key];
      if (event.key === "Escape") tell(null);
      if (here < 0 || !stops[there]) return;
      event.preventDefault();
      stops[here].setAttribute("tabindex", "-1");
      stops[there].setAttribute("tabindex", "0");
      stops[there].focus();
    });
    return () => view.finalize();
  },
};
