# Debian 12 with python3.11, venv, make and git is enough: everything else is installed into .venv from requirements.lock.
SHELL := /bin/bash
PYTHON := $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
ARTICLES ?= corpus/articles
RECORDS := outputs/run.jsonl
PREDICTIONS := outputs/corpus.jsonl
LOCK := --quiet --extra dev --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

.DEFAULT_GOAL := help
.PHONY: heldout help run test test-browser test-faults test-long fuzz audit evaluate gate accept report bench check clean gold lock predictions

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 16

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 is needed; found " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

run: .venv/.installed ## extract claims: make run [ARTICLES=path] [PUBLISHED=2022-11-02]
	$(BIN)/reportedly extract $(ARTICLES) --output $(RECORDS) --force $(if $(PUBLISHED),--published $(PUBLISHED))
	@$(BIN)/reportedly show $(RECORDS) --top 20
	@echo "All claims: $(BIN)/reportedly show $(RECORDS)"

test: check ## run lint, types, layers, tests, gate
	$(BIN)/pytest
	$(MAKE) --no-print-directory gate
	@echo "Left out: make test-browser (the page in Chromium), make test-faults (harmed runs), make test-long (memory), make audit, make fuzz"

test-browser: .venv/.installed ## run the tests of the page in Chromium (on Debian: apt-get install chromium)
	$(BIN)/pytest -m browser

test-faults: .venv/.installed ## harm runs on purpose: make test-faults [PAGES="docs/faults.md README.md"]
	$(BIN)/pytest tests/faults -m faults $(addprefix --faults-page=,$(PAGES))

test-long: .venv/.installed ## tests that take many minutes: memory over ten thousand articles
	$(BIN)/pytest -m long -s

fuzz: .venv/.installed ## fuzz the readers: make fuzz [SECONDS=600]
	mkdir -p outputs/fuzz
	$(BIN)/python tests/fuzz/readers.py outputs/fuzz -max_total_time=$(or $(SECONDS),600) -timeout=60 -rss_limit_mb=4096 -artifact_prefix=outputs/

audit: .venv/.installed ## look for known weaknesses in the locked packages; fails if none could be looked up
	$(BIN)/python .ci/audit.py requirements.lock

check: .venv/.installed ## lint, types and layers only
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

predictions: .venv/.installed
	@$(BIN)/reportedly extract corpus/articles --output $(PREDICTIONS) --force

evaluate: predictions ## score the pipeline against the gold
	$(BIN)/reportedly evaluate corpus/gold.jsonl $(PREDICTIONS) --pages outputs

gate: predictions ## fail if a floor is missed; list what was gained and lost
	$(BIN)/reportedly gate corpus/gold.jsonl $(PREDICTIONS)

accept: predictions ## accept the predictions of now and raise the floors (LOWER=reason lowers them)
	$(BIN)/reportedly accept corpus/gold.jsonl $(PREDICTIONS) $(if $(LOWER),--lower "$(LOWER)")

report: predictions ## write the results into docs/results.json and the README's table
	$(BIN)/reportedly evaluate corpus/gold.jsonl $(PREDICTIONS) --results docs/results.json
	$(BIN)/reportedly report --page README.md
	$(BIN)/reportedly page $(PREDICTIONS) --gold corpus/gold.jsonl --output outputs/page.html --force
	$(BIN)/python tests/test_readme.py

bench: .venv/.installed ## speed beside bare nlp.pipe: make bench [ARTICLES=path] [PAGES="docs/scale.md README.md"]
	$(BIN)/reportedly bench $(ARTICLES) $(addprefix --page=,$(PAGES))

heldout: .venv/.installed ## score tables counted without the outlet they are tried on: make heldout GOLD=path
	$(BIN)/reportedly count $(GOLD) --held-out publisher --predictions outputs/heldout.jsonl
	$(BIN)/reportedly evaluate $(GOLD) outputs/heldout.jsonl

gold: .venv/.installed ## compile the settled annotation sheets into corpus/gold.jsonl
	$(BIN)/reportedly gold

lock: .venv/.installed ## pin the newest versions of all dependencies, with hashes
	$(BIN)/pip-compile $(LOCK) --upgrade --output-file requirements.lock pyproject.toml

clean: ## remove what runs and tests wrote; .venv stays
	rm -rf dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find outputs -type f ! -name README.md -delete
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
