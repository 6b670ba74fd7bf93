# The words of this house. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := domain projections infra services
LOCKED := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --upgrade

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-librdkafka assets run test faults lint rehoming bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed assets ## .venv with the programs in it, and the page assets

setup-dev: setup $(VENV)/.installed-dev ## the same, with what the checks and tests need

setup-librdkafka: $(VENV)/.installed-librdkafka ## the second Kafka client, for TIEPDAN_KAFKA_CLIENT=librdkafka

run: setup ## start everything on this machine, with the demo in it
	$(BIN)/tiepdan up --demo

lint: setup-dev ## ruff and mypy alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(SOURCES) tests

test: lint ## every check and every test
	$(BIN)/pytest tests -n 3

faults: setup-dev $(VENV)/.installed-librdkafka ## kill, freeze, cut, fill and skew a house at work: see docs/reliability.md
	QUICK=$(QUICK) SEED=$(SEED) ROWS="$(ROWS)" TIMES=$(TIMES) RATE=$(RATE) CLIENT=$(CLIENT) \
		RESUME=$(RESUME) RECORD=$(RECORD) $(BIN)/python -m tests.faults

rehoming: setup-dev ## the reform with petitions open everywhere, killed ten times: see docs/performance.md
	PETITIONS=$(PETITIONS) CUTS=$(CUTS) SEED=$(SEED) KEEP=$(KEEP) $(BIN)/python -m tests.rehoming

bench: setup $(VENV)/.installed-librdkafka ## every row against its goal: docs/performance.md; BENCH="append relay" QUICK=1 JSON=1
	$(BIN)/tiepdan bench $(BENCH) $(if $(QUICK),--quick) $(if $(JSON),--json)

lock: $(VENV)/.installed ## newest versions into the hash-locked requirements
	$(BIN)/pip install --quiet uv
	$(COMPILE) requirements.in --output-file requirements.lock
	$(COMPILE) requirements-librdkafka.in --output-file requirements-librdkafka.lock
	$(COMPILE) requirements-dev.in --output-file requirements-dev.lock
	$(COMPILE) requirements-node.in --output-file requirements-node.lock

clean: ## remove what make made (a running stack and its data stay)
	rm -rf services/web/static/built services/web/assets/node_modules
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find $(SOURCES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(LOCKED) -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(LOCKED) -r requirements-dev.lock
	@touch $@

$(VENV)/.installed-librdkafka: requirements-librdkafka.lock $(VENV)/.installed
	$(LOCKED) -r requirements-librdkafka.lock
	@touch $@

# Where the machine has no npm, a wheel brings one.
$(VENV)/.installed-node: requirements-node.lock $(VENV)/.installed
	@command -v npm >/dev/null || $(LOCKED) -r requirements-node.lock
	@touch $@

assets: $(VENV)/.installed-node
	@if [ -f services/web/assets/__main__.py ]; then $(BIN)/python -m services.web.assets; fi
