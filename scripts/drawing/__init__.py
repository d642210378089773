"""How a chart is drawn: Vega-Lite to SVG, PNG and what is explored in the browser. Knows no chart."""
