# The day's work. Every target sets up what it needs; nothing has to be installed first but Python 3.11+ and make.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
STORE ?= store

BIN := .venv/bin

.PHONY: serve test test-browser check build screenshots bench-build bench-reading bench-serve bench-search bench-analysis bench-ask bench-pages clean

serve: build
	$(BIN)/kg serve --store $(STORE) --host $(HOST) --port $(PORT)

build: .venv/ready
	$(BIN)/kg build --store $(STORE)

# The pages are walked in a browser where there is Chromium and a Chinese font; where there is none, that is said loudly.
test: .venv/ready-dev check
	$(BIN)/python -m pytest

# The same tests of the pages alone; without a browser they fail.
test-browser: .venv/ready-dev
	REQUIRE_BROWSER=1 $(BIN)/python -m pytest tests/browser

bench-reading: .venv/ready-dev
	$(BIN)/python bench/reading.py

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The pictures in README; needs chromium and a Chinese font.
screenshots: .venv/ready-dev build
	$(BIN)/python bench/screenshots.py $(STORE) docs/screenshots

bench-build: .venv/ready-dev
	$(BIN)/python bench/build.py

# Beside other servers, which it installs; needs wrk.
bench-serve: build
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python bench/serve.py --store $(STORE)

bench-search: .venv/ready-dev
	$(BIN)/python bench/search.py

bench-pages: .venv/ready-dev build
	$(BIN)/python bench/pages.py --store $(STORE)

bench-analysis: .venv/ready-dev
	$(BIN)/python bench/analysis.py

bench-ask: .venv/ready-dev
	$(BIN)/python bench/ask.py

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv

.venv/ready: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/ready-dev: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@ .venv/ready

clean:
	rm -rf .venv store build .mypy_cache .ruff_cache .pytest_cache
