# Short names for what people do here; longer work lives in scripts/.
SHELL := /bin/sh
BIN := .venv/bin
RUN := $(BIN)/stocktaking
export STOCKTAKING_DATA_DIR ?= $(CURDIR)/var

.DEFAULT_GOAL := help
.PHONY: help setup demo run test test-fast soak bench fmt lint types arch messages lock docs ci

help: ## show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Start
setup: ## make .venv with everything pinned
	@scripts/setup dev
demo: ## the register with demo entries on http://127.0.0.1:8000
	@scripts/demo
run: setup ## serve what is in the data folder with debug pages, reloading when code changes
	STOCKTAKING_DEBUG=1 $(RUN) manage runserver

##@ Test
test: ## the whole suite, on SQLite and PostgreSQL, with the browser
	@scripts/test
test-fast: setup ## under a minute: SQLite, no browser, no whole program
	$(BIN)/python -m pytest -n 2 -m "not soak and not browser and not slow"
soak: setup ## every language, theme and width; long runs
	$(BIN)/python -m pytest -m soak
bench: setup ## a table of speeds, with ratios to a reference
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BIN)/python -m bench

##@ Keep in order
fmt: setup ## format Python and templates
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	$(BIN)/djangofmt --quiet src/stocktaking
lint: setup ## style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
types: setup ## static types
	$(BIN)/mypy
arch: setup ## the ladder, and the tests that watch the repository
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/architecture tests/docs
messages: setup ## bring the six catalogues up to date with the code
	$(BIN)/python scripts/messages.py
	$(BIN)/python scripts/compile_messages
lock: ## pin all dependencies anew (needs uv)
	@scripts/lock
docs: setup ## write the reference from the code, check the rest against it
	$(BIN)/python scripts/reference_pages.py
	$(BIN)/python -m pytest tests/docs
ci: ## what every change must pass
	@.ci/run
