# The whole house by a few words; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests

.DEFAULT_GOAL := help
.PHONY: help run test lint bench faults lock pictures translate clean

help: ## List what one can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: $(VENV)/ready ## Start the site on http://127.0.0.1:8000 (HOST, PORT, VAR, TENANT are honoured)
	@exec $(BIN)/python -m portal.serving

test: $(VENV)/ready-dev ## Run every check and every test, Chromium and PostgreSQL included
	@deploy/system-packages.sh
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest -q -n 2 --dist worksteal $(TESTS)

lint: $(VENV)/ready-dev ## Style, types, and who may lean on whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -r -ll -c pyproject.toml portal agencies search_index content feedback reports

bench: $(VENV)/ready-dev ## Measure, each number beside its yardstick
	@for name in importing pages search; do echo "== $$name"; $(BIN)/python -m bench.$$name; done

faults: $(VENV)/ready-dev ## The long fault tests, not part of `make test`
	FAULTS=long $(BIN)/pytest -q tests/faults

pictures: $(VENV)/ready-dev ## Take the pictures of docs/pictures anew
	$(BIN)/python docs/pictures/take.py

translate: $(VENV)/ready-dev ## Collect new sentences and compile the English catalogue
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext --no-location -o /tmp/portal.pot .
	$(BIN)/pybabel -q update -i /tmp/portal.pot -d site/translations -l en --no-fuzzy-matching
	$(BIN)/pybabel -q compile -d site/translations -l en

lock: $(VENV)/ready-dev ## Pin all packages with their hashes
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.txt

clean: ## Remove the environment (data under var/ stays)
	rm -rf $(VENV)

$(VENV)/ready: requirements.txt
	@deploy/environment.sh $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt requirements.txt
	@deploy/environment.sh $(PYTHON) $(VENV) requirements-dev.txt
	@touch $(VENV)/ready $@
