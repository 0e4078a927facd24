# Two commands: `make run` and `make test`. Each does its own set-up; a fresh machine needs Python >= 3.11 and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
PY := $(VENV)/bin/python
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The first interpreter that really starts and is new enough; PYTHON=... overrules.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1 && { echo $$p; break; }; done)

PEERS := .venv-peers
PEERS_PYTHON ?= $(shell for p in python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] < (3, 12))' >/dev/null 2>&1 && { echo $$p; break; }; done)

LOCK := requirements/locked.txt
INSTALLED := $(VENV)/.installed
MODULES := islands/node_modules/.installed
ISLANDS := build/islands.stamp
ISLAND_SOURCES := $(shell find islands -type d \( -name node_modules -o -name dist \) -prune -o -type f -print 2>/dev/null)
CATALOGUES := $(wildcard src/campus/locale/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
# Tests of numbers and words run two at a time; tests that watch a clock (servers, browsers) have the machine to themselves.
SIDE_BY_SIDE := $(addprefix tests/,house science drawers twin release content views)
ALONE := $(addprefix tests/,campus browser)

help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) $(ISLANDS) $(COMPILED) ## environment, locked packages, islands, catalogues: what run and test begin with

run: setup ## serve the campus on 127.0.0.1:8000 with demo people
	@$(PY) -m campus run $(ARGS)

test: setup lint types ## everything: lint, types, contracts, units, laws, references, content, browser
	@$(PY) tools/browser.py >/dev/null
	@$(PY) tools/npm.py run --if-present test
	@mkdir -p build
	$(PY) -m pytest -n 2 --dist loadfile $(SIDE_BY_SIDE) $(ARGS)
	$(PY) -m pytest $(ALONE) $(ARGS)

test-fast: setup ## the lane of a minute (warm kernel cache): no slow test, no browser
	$(PY) -m pytest -n 2 --dist loadfile -m "not slow and not browser" $(ARGS)

explore: setup ## the property tests with cases that nobody tried yet (minutes)
	$(PY) -m pytest -n 2 --dist loadfile -m hypothesis --hypothesis-profile="new cases" $(SIDE_BY_SIDE) $(ARGS)

lint: $(INSTALLED) $(MODULES) ## ruff, import contracts, the islands' own linter, message catalogues
	@$(PY) -m ruff check .
	@$(VENV)/bin/lint-imports --no-logo
	@$(PY) tools/messages.py check
	@$(PY) tools/npm.py run --if-present lint

types: $(INSTALLED) $(MODULES) ## mypy and the TypeScript compiler
	@$(PY) -m mypy
	@$(PY) tools/npm.py run --if-present types

peers: $(PEERS)/.installed ## the oracle of columns, CADET-Core (GPL-3), beside the product: .venv-peers, Python 3.12 or newer

bench: setup ## figures of speed, each against its goal and peer; build/bench.json
	@$(PY) -m benchmarks $(ARGS)

qualify: $(INSTALLED) ## every reference test of every drawer; build/qualification.html and .json (ORACLE=1: with peers)
	@mkdir -p build
	@$(VENV)/bin/biotwin qualify --report build/qualification.html --json build/qualification.json $(if $(ORACLE),--oracle) $(ARGS)

golden: $(INSTALLED) ## the golden bands of the plants, from 200 healthy flights each (minutes)
	@for p in mab-usp-2000l mab-usp-12500l; do $(VENV)/bin/biotwin golden $$p --keep >/dev/null || exit 1; done

scores: $(INSTALLED) ## what the pilots of every scenario are worth, kept for its page (a minute)
	@$(VENV)/bin/biotwin score --keep

generate: $(INSTALLED) ## what is generated: the islands' protocol, the JSON schemas of content
	@$(PY) -m campus.simulator.typescript
	@$(PY) tools/schemas.py

messages: $(INSTALLED) ## extract the words, bring the catalogues up to date, compile them
	@$(PY) tools/messages.py extract update compile

new: $(INSTALLED) ## a new folder from a template: make new KIND=equipment|plant|scenario SLUG=my_name
	@$(PY) tools/new.py "$(KIND)" "$(SLUG)"

backup: $(INSTALLED) ## a consistent copy while live: make backup [TO=folder]
	@$(PY) -m campus backup $(if $(TO),--to "$(TO)")

restore: $(INSTALLED) ## put a copy back: make restore FROM=file
	@$(PY) -m campus restore $(if $(FROM),"$(FROM)",$(error Say which copy: make restore FROM=file))

docs: $(INSTALLED) ## the documentation in both languages, build/docs/{en,fr}/index.html
	@for l in en fr; do $(PY) -m sphinx -W -q -b html -c docs -D language=$$l docs/$$l build/docs/$$l || exit 1; done
	@echo build/docs/en/index.html build/docs/fr/index.html

lock: ## write requirements/*.txt anew from pyproject.toml (needs uv; the result names no address)
	@$(or $(PYTHON),python3) tools/lock.py

clean: ## remove what was built; keep the environment and the database
	rm -rf build islands/dist src/campus/site/static/islands $(COMPILED) .pytest_cache .ruff_cache .mypy_cache
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): $(LOCK) pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found. Install it, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(VENV)/bin/pip || $(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) cannot make environments. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the locked Python packages (about a minute)…"
	@$(PY) -m pip install -qq --require-hashes -r $(LOCK)
	@$(PY) -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

$(PEERS)/.installed: requirements/peers.txt
	@test -n "$(PEERS_PYTHON)" || { echo "CADET-Core needs Python 3.12 or newer, and none was found. Name one: make peers PEERS_PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(PEERS)/bin/pip || $(PEERS_PYTHON) -m venv $(PEERS)
	@echo "Installing the oracle…"
	@$(PEERS)/bin/python -m pip install -qq --require-hashes -r $<
	@touch $@

$(MODULES): $(INSTALLED) islands/package-lock.json islands/package.json
	@echo "Installing the locked npm packages…"
	@$(PY) tools/npm.py ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(ISLANDS): $(MODULES) $(ISLAND_SOURCES)
	@echo "Building the islands…"
	@$(PY) tools/npm.py run --silent build
	@mkdir -p build && touch $@

%.mo: %.po $(INSTALLED)
	@$(PY) tools/messages.py compile

.PHONY: help setup run test test-fast lint types peers bench qualify golden generate messages new backup restore docs lock clean
