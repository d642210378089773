"""Draws charts: Vega-Lite to SVG, PNG and interactive charts in the browser. Contains no chart."""
