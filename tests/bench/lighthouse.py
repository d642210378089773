"""Lighthouse on our pages as on a slow phone: four scores, first and largest paint. In: a built site; out: a table.

Each page is measured several times, and the run with the median performance is reported. The network is Lighthouse's
simulated slow one.
"""

import json
import os
import statistics
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests import browser
from tests.bench.tables import Table
from tests.bench.weights import PAGES, ROOTS

RUNS = 3
SCORES = {"performance": "speed", "accessibility": "access", "best-practices": "practices", "seo": "search"}
GOAL = 100  # for each score
PAINTS = {"first-contentful-paint": "first paint s", "largest-contentful-paint": "largest paint s"}
# Seconds, for the explainer: six round trips of 150 ms plus a slow phone's work; all its charts are inline.
LIMITS = 0.95, 1.3


def scores(site: Path, packages: Path, runs: int = RUNS) -> Table:
    """Measure each kind of page in both languages; notes name the audits that cost points."""
    rows, broken, notes = [], [], []
    with browser.serve(site) as server:
        for name, path in PAGES.items():
            for root in ROOTS:
                label = f"{name} {root.strip('/') or 'en'}"
                looks = [_look(packages, server.address + root + path) for _ in range(runs)]
                middle = statistics.median_low(look["categories"]["performance"]["score"] for look in looks)
                look = next(look for look in looks if look["categories"]["performance"]["score"] == middle)
                found = {
                    score: round(look["categories"][category]["score"] * 100) for category, score in SCORES.items()
                }
                paints = [look["audits"][audit]["numericValue"] / 1000 for audit in PAINTS]
                rows.append((label, *found.values(), *paints))
                broken += [
                    f"{label}: {score} {points}; the goal is {GOAL}" for score, points in found.items() if points < GOAL
                ]
                if name == "explainer":
                    broken += [
                        f"{label}: {paint} {after:.2f}; the goal is {limit}"
                        for paint, after, limit in zip(PAINTS.values(), paints, LIMITS, strict=True)
                        if after > limit
                    ]
                notes += [f"  {label}: {fault}" for fault in faults(look)]
    version = json.loads((packages / "lighthouse" / "package.json").read_text("utf-8"))["version"]
    title = f"Lighthouse {version}, mobile, slow network, median of {runs}"
    return Table(title, ("page", *SCORES.values(), *PAINTS.values()), rows, notes, broken)


def _look(packages: Path, address: str) -> dict[str, Any]:
    """Run Lighthouse once; return its report as JSON."""
    flags = " ".join(flag for flag in browser.FLAGS if flag != "--headless") + " --headless=new"
    command = [
        "node", str(packages / "lighthouse" / "cli" / "index.js"), address, "--quiet", "--output=json",
        f"--chrome-flags={flags}", f"--only-categories={','.join(SCORES)}",
    ]  # fmt: skip
    environment = os.environ | {"CHROME_PATH": browser.program()}
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(f"Lighthouse on {address}: {run.stderr.strip()[-2000:]}")
    report: dict[str, Any] = json.loads(run.stdout)
    if error := report.get("runtimeError"):
        raise RuntimeError(f"Lighthouse on {address}: {error['message']}")
    return report


def faults(report: Mapping[str, Any]) -> list[str]:
    """The audits that cost a page points, with the number of places that each names."""
    found = []
    for category, score in SCORES.items():
        for part in report["categories"][category]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.995:
                items = (audit.get("details") or {}).get("items") or []
                shown = audit.get("displayValue") or (f"{len(items)} places" if items else "")
                found.append(f"{score}: {audit['id']} {shown}".rstrip())
    return found
