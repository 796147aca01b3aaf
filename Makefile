# autodoctor: `make run` starts everything, `make test` proves it. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
BIN := .venv/bin
ASSETS := src/autodoctor/entrypoints/web/static/build/manifest.json
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
# Without compiled modules every process reads all sources again: twice as slow to start.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-deps --no-compile
# uv needs a tenth of pip's time, but reads no pip.conf: where only that names a registry, pip does it.
INSTALL = { VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --no-deps $(1) || $(PIP) $(1); }

.PHONY: help run test check style types layers templates sizes waits bench soak demo mutants coverage lock clean
.DEFAULT_GOAL := help

help: ## List what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.runtime $(ASSETS) ## Set up and start everything; Ctrl-C stops it
	@exec $(BIN)/autodoctor up

test: .venv/.development $(ASSETS) ## Set up, check and run all tests
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=line .venv/.browser $(CHECKS)
	@$(BIN)/python tools/run_tests.py

check: .venv/.development $(ASSETS) ## Style, types, layers, templates, sizes, waits
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target $(CHECKS)

# The longest first: two at a time.
CHECKS := types templates sizes waits layers style

style:
	@$(BIN)/ruff check && $(BIN)/ruff format --check --quiet && echo "ruff: fine"

types:
	@$(BIN)/mypy --num-workers 2

layers:
	@$(BIN)/lint-imports --no-cache 2>&1 | tail -4

templates:
	@$(BIN)/djlint --check --lint --quiet src/autodoctor/entrypoints/web/templates && echo "djlint: fine"

sizes:
	@$(BIN)/python tools/sizes.py

waits:
	@$(BIN)/python tools/waits.py

demo: .venv/.runtime $(ASSETS) ## Play the story of a paid consultation over HTTP
	@$(BIN)/autodoctor demo

bench: .venv/.development $(ASSETS) ## Measure, as ratios in one run
	@$(BIN)/python -m benchmarks

soak: .venv/.development $(ASSETS) ## Ten minutes of mixed load; fails when something grows (MINUTES=10)
	@$(BIN)/python -m benchmarks.soak

mutants: .venv/.development ## Mutation tests of the domain; ONLY="workshops sessions/room" for a part
	@$(BIN)/python -m tools.mutants $(ONLY)

coverage: .venv/.development $(ASSETS) .venv/.browser ## All tests, and which lines and branches they run
	@$(BIN)/python tools/covered.py $(TESTS)

lock: .venv/.development ## Resolve the locked dependencies anew
	@$(BIN)/python tools/lock.py

clean: ## Remove what was set up; the data stays
	rm -rf .venv frontend/node_modules src/autodoctor/entrypoints/web/static/build .mypy_cache .ruff_cache .pytest_cache

.venv/bin/python:
	@echo "· Python environment …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "autodoctor needs Python 3.11 or newer (PYTHON=python3.11 make …)"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/bin/uv: requirements-uv.lock | .venv/bin/python
	@$(PIP) --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/uv
	@echo "· Locked dependencies …"
	@$(call INSTALL,--require-hashes -r requirements.lock)
	@$(call INSTALL,--no-build-isolation -e .)
	@touch $@

.venv/.development: requirements-dev.lock .venv/.runtime
	@echo "· Tools for tests and checks …"
	@$(call INSTALL,--require-hashes -r requirements-dev.lock)
	@touch $@

$(ASSETS): $(FRONTEND) | .venv/.runtime
	@echo "· Front-end assets …"
	@tools/frontend

# Chromium's headless shell needs half the processor of the whole browser, which serves too.
CHROMIUM := apt-get install -y chromium-headless-shell
.venv/.browser: | .venv/.development
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || { \
		[ "$$(id -u)" = 0 ] || { echo "The browser tests need Chromium. Install it as root: $(CHROMIUM)"; exit 1; }; \
		echo "· Chromium for browser tests …"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(CHROMIUM) -qq >/dev/null; \
	}
	@touch $@
