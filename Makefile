# Everything starts here; `make help` lists it. Wants Python 3.11 and a network to the package registries, nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3.11
PORT ?= 8000
GATE_PORT ?= 8001
VENV := .venv
BIN := $(VENV)/bin
REQUIREMENTS := deploy/requirements
UV := $(BIN)/uv
# The certificates this machine trusts, as every other program here does; a company's own among them.
export UV_SYSTEM_CERTS ?= true

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# -- setting up ---------------------------------------------------------------------------------------------------

$(UV): $(REQUIREMENTS)/uv.txt
	@command -v $(PYTHON) > /dev/null && $(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2> /dev/null \
	  || { echo 'Python 3.11 is needed, as `python3.11`. Where it has another name: make PYTHON=/path/to/python3.11'; exit 1; } >&2
	@$(PYTHON) -m venv $(VENV) \
	  || { echo 'The virtual environment could not be made; on Debian and Ubuntu the package python3.11-venv is needed.'; exit 1; } >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(REQUIREMENTS)/uv.txt
	@touch $@

$(VENV)/.for-running: $(REQUIREMENTS)/embedded.txt $(UV)
	@test $(VENV)/.for-developing -nt $< || $(UV) pip sync --quiet --require-hashes $(REQUIREMENTS)/uv.txt $<
	@touch $@

$(VENV)/.for-developing: $(REQUIREMENTS)/dev.txt $(UV)
	@$(UV) pip sync --quiet --require-hashes $(REQUIREMENTS)/uv.txt $<
	@touch $@

.PHONY: venv
venv: $(VENV)/.for-developing ## The virtual environment with everything in it

# -- running ------------------------------------------------------------------------------------------------------

.PHONY: run
run: $(VENV)/.for-running ## The whole portal with demo people, on http://localhost:8000 (PORT=, GATE_PORT=); Ctrl-C stops it
	@exec $(BIN)/python -m vecozo_portal.run --with-parent --port $(PORT) --gate-port $(GATE_PORT)

.PHONY: demo-queries
demo-queries: $(VENV)/.for-running ## Beside make run: queries a demo service until its quota is used up (ARGS=)
	@$(BIN)/python -m vecozo_portal.demo.queries $(ARGS)

# -- proving ------------------------------------------------------------------------------------------------------

.PHONY: test
test: $(VENV)/.for-developing browser nginx ## Every test, the ones in a browser included (ARGS= for pytest)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

.PHONY: browser
browser: ## Chromium for the tests: finds it, or installs Debian's package
	@deploy/find-chromium > /dev/null

.PHONY: nginx
nginx: ## nginx for the tests of its recipe: finds it, or installs Debian's package
	@deploy/find-nginx > /dev/null

# What the checks need to read settings; no server is asked.
for-checks = PORTAL_ENVIRONMENT=test PORTAL_SECRET_KEY=only-for-the-checks-only-for-the-checks-only-for-the-checks \
  PORTAL_DATABASE_URL=postgresql://nobody@127.0.0.1:1/none PORTAL_REDIS_URL=redis://127.0.0.1:1/0
CODE := manage.py vecozo_portal accounts messagebox blocking certificates gate desk tests $(wildcard bench)

.PHONY: check
check: $(VENV)/.for-developing ## Format, lint, types, contracts, templates, missing migrations
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(for-checks) $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --quiet templates
	$(BIN)/djlint --lint --quiet templates
	$(for-checks) $(BIN)/python -W ignore manage.py makemigrations --check --dry-run
	$(for-checks) $(BIN)/python manage.py settings_table --check

.PHONY: format
format: $(VENV)/.for-developing ## Puts code and templates in the house's format
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix --select I,UP $(CODE)
	@$(BIN)/djlint --reformat --quiet templates || true

.PHONY: race
race: $(VENV)/.for-developing ## 200 parallel guesses on every door, twenty times, with the real hasher
	@$(BIN)/python -m bench.race

$(VENV)/.for-measuring: $(REQUIREMENTS)/bench.txt $(UV)
	@$(UV) pip sync --quiet --require-hashes $(REQUIREMENTS)/uv.txt $<
	@touch $@ $(VENV)/.for-developing

.PHONY: bench
bench: $(VENV)/.for-measuring ## The gate's figures beside a bare server, Django and other limiters
	@$(BIN)/python -m bench

# -- keeping ------------------------------------------------------------------------------------------------------

.PHONY: settings
settings: $(VENV)/.for-developing ## Writes docs/settings.md anew
	@$(for-checks) $(BIN)/python manage.py settings_table --write

compile = $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11

.PHONY: requirements
requirements: $(UV) ## Pins the requirements anew, with hashes and without any index's address (UPGRADE=--upgrade)
	@$(compile) $(UPGRADE) pyproject.toml -o $(REQUIREMENTS)/base.txt
	@$(compile) $(UPGRADE) pyproject.toml --extra embedded -c $(REQUIREMENTS)/base.txt -o $(REQUIREMENTS)/embedded.txt
	@$(compile) $(UPGRADE) pyproject.toml --extra letters -c $(REQUIREMENTS)/base.txt -o $(REQUIREMENTS)/letters.txt
	@$(compile) $(UPGRADE) pyproject.toml --extra embedded --extra letters --extra dev -c $(REQUIREMENTS)/embedded.txt -c $(REQUIREMENTS)/letters.txt -o $(REQUIREMENTS)/dev.txt
	@$(compile) $(UPGRADE) pyproject.toml --extra embedded --extra letters --extra dev --extra bench -c $(REQUIREMENTS)/dev.txt -o $(REQUIREMENTS)/bench.txt

.PHONY: clean
clean: ## Throws away the virtual environment and caches; the data in .data stay
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis staticfiles test-results
