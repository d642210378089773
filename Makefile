# One line for each target; `make help` lists them. Everything is installed on first use, in .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := python -m pip install --quiet --disable-pip-version-check --require-hashes -r
PINS := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make pins"

# The commit, and the checksum of each file of the site; fails, with their names, if there are symbolic links
SUMS = git rev-parse HEAD && cd build/site && ! find . -type l | grep . >&2 && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum

BUILDER = $(shell sed -n 's/^BUILDER = "\(.*\)"$$/\1/p' scripts/website/builder.py)

.DEFAULT_GOAL := help
.PHONY: help site test check serve release bench assets links live seal sealed drawings dependencies canary formats damages mutation browser pins font clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: .venv/site ## set up, check and build the website into build/site
	@$(BIN)/python -m scripts build

test: browser ## set up, browser included, and run every test and check of style, types and imports (NO_BROWSER=1 skips it, WHOLE=1 runs all cases instead of samples)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo --no-cache && $(BIN)/python -m pytest -n auto --dist worksteal

check: .venv/site ## report every problem in tables, pages and charts
	@$(BIN)/python -m scripts check

serve: .venv/site ## build, serve at http://127.0.0.1:8000/, rebuild on change (PORT=8001 for another port)
	@$(BIN)/python -m scripts serve --port "$${PORT:-8000}"

release: .venv/site ## freeze an edition of the data: make release VERSION=X.Y.Z (DRY=--dry-run reports what it would do)
	@$(BIN)/python -m scripts release "$$VERSION" $(DRY)

assets: .venv/site ## write the files of a tag's release to build/release: make assets VERSION=v1.1.0
	@$(BIN)/python -m scripts assets "$$VERSION"

links: .venv/test ## check whether links of the built site still answer; propose archived copies
	@$(BIN)/python -m tests.tools.links

live: .venv/site ## compare the public site with build/site, file by file: make live URL=https://… (built by SITE_URL=https://… make site)
	@$(BIN)/python -m tests.tools.live "$$URL"

seal: ## list the files of build/site with checksums in build/site.sums; print the list's checksum
	@{ $(SUMS); } > build/site.sums
	@echo "seal=$$(sha256sum < build/site.sums | cut -c -64)" | tee -a "$${GITHUB_OUTPUT:-/dev/null}"

sealed: ## check that build/site is the sealed one: make sealed SEAL=… COMMIT=…
	@test "$$(sha256sum < build/site.sums)" = "$$SEAL  -" || { echo "build/site.sums:1: sha256 is not $$SEAL as sealed; publish the site that was tested" >&2; exit 1; }
	@test "$$(head -n 1 build/site.sums)" = "$$COMMIT" || { echo "build/site.sums:1: site of commit $$(head -n 1 build/site.sums); expected the one of $$COMMIT" >&2; exit 1; }
	@found="$$($(SUMS))" && printf '%s\n' "$$found" | diff build/site.sums - >&2
	@echo "build/site is the sealed site of commit $$COMMIT"

drawings: .venv/site ## compare every chart with the newest edition's; before, after and difference in build/changes
	@$(BIN)/python -m tests.tools.drawings

dependencies: .venv/site ## list pins with a known advisory or no release for two years, and their replacements
	@$(BIN)/python -m tests.tools.dependencies

bench: browser build/bench/node_modules ## print sizes, times and memory compared with a plain site (Node.js 20 or newer)
	@$(BIN)/python -m tests.bench

canary: .venv/test .venv/canary/made site ## build the staged pages with Zensical, report what would be lost
	@$(BIN)/python -m tests.tools.canary

formats: .venv/formats/made site ## validate descriptions of site and editions: RO-Crate, CSV on the Web, Croissant, OpenAPI (ASK=--offline contacts no host)
	@.venv/formats/bin/python -m tests.tools.validators $(ASK) build/site/data/*/ build/site/openapi.json build/site/data/v*/openapi.json

damages: .venv/test ## damage copies of the project in 5,000 ways, test that check reports each (SEED=7 repeats those of seed 7)
	@CASES=5000 SEED="$${SEED:-$$(date +%s)}" $(BIN)/python -m pytest -n auto --dist worksteal tests/damage/test_damages.py

mutation: .venv/test ## damage the data in over 1,400 ways, test that check refuses each, or tests/damage/survivors.yml has a reason
	@$(BIN)/python -m tests.damage.mutation

browser: .venv/test ## install what the tests need and is missing: Chromium, fonts, curl
	@$(BIN)/python -m tests.tools.machine .venv/browser

pins: .venv/test ## resolve requirements*.txt from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv==0.13.9 && echo $(BUILDER) | $(PINS) - --group site -o requirements.txt && echo $(BUILDER) | $(PINS) - --group test -o requirements-test.txt && $(PINS) --group formats -o requirements-formats.txt && $(PINS) --group canary --constraint requirements.txt -o requirements-canary.txt

font: .venv/test ## subset the pictures' font again, from Debian's fonts-noto-cjk
	@$(BIN)/python -m scripts.drawing.cut_font

clean: ## remove all output and environments
	@rm -rf build .venv

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; say which: make $(MAKECMDGOALS) PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python has no venv module here; run as root: apt-get install $(notdir $(PYTHON))-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv && touch $@

.venv/site: requirements.txt | .venv/python
	@echo "setting up .venv: $$(grep -c == $<) packages" && $(BIN)/$(PIP) $< && touch $@

.venv/test: requirements-test.txt | .venv/python
	@echo "setting up .venv for the tests: $$(grep -c == $<) packages" && $(BIN)/$(PIP) $< && touch $@ .venv/site

.venv/formats/made: requirements-formats.txt | .venv/python
	@echo "setting up .venv/formats: $$(grep -c == $<) packages" && $(BIN)/python -m venv .venv/formats && .venv/formats/bin/$(PIP) $< && touch $@

build/bench/node_modules: tests/bench/package-lock.json
	@echo "setting up build/bench" && mkdir -p $(@D) && cp tests/bench/package*.json $(@D)/ && npm ci --prefix $(@D) --silent --ignore-scripts --no-audit --no-fund && touch $@

.venv/canary/made: requirements-canary.txt | .venv/python
	@echo "setting up .venv/canary" && $(BIN)/python -m venv .venv/canary && .venv/canary/bin/$(PIP) $< && touch $@
