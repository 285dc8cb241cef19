# The day's work. Every target sets up what it needs; nothing has to be installed first but Python 3.11+ and make.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
STORE ?= store

BIN := .venv/bin

.PHONY: serve test check build bench-build bench-analysis clean

serve: build
	$(BIN)/kg serve --store $(STORE) --host $(HOST) --port $(PORT)

build: .venv/ready
	$(BIN)/kg build --store $(STORE)

test: .venv/ready-dev check
	$(BIN)/python -m pytest

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench-build: .venv/ready-dev
	$(BIN)/python bench/build.py

bench-analysis: .venv/ready-dev
	$(BIN)/python bench/analysis.py

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
