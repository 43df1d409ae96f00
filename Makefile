# Everything a newcomer needs: `make run` and `make test`. Each target sets up what it needs, once.
# PYTHON=/path/to/python chooses the interpreter that .venv is made with.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run serve test check docs bench soak bundle lock clean

BIN := .venv/bin
# Looked for only when something has to be set up; the first that runs and is new enough wins.
FIND_PYTHON = for p in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python; do \
	[ -n "$$p" ] && "$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null \
	&& { echo "$$p"; break; }; done
SETUP = py="$$($(FIND_PYTHON))"; [ -n "$$py" ] || py=python3; \
	command -v "$$py" >/dev/null 2>&1 || { echo "Python 3.11 or newer is needed and no python3 was found: install it, then run make again."; exit 1; }; \
	"$$py" deployments/setup.py

help: ## Show what can be made
	@echo "Duixian 兑现: what districts promise, in which words, and what became of it"
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make run PATHS=\"folder file ...\" reads those texts and nothing else."

.venv/.set-up: requirements.lock pyproject.toml deployments/setup.py
	@$(SETUP)

.venv/.set-up-dev: requirements-dev.lock .venv/.set-up
	@$(SETUP) --dev

setup: .venv/.set-up ## Make .venv and install the locked packages into it

run: .venv/.set-up ## Read the texts (PATHS, else seeds/, else examples/) and show what changed
	@$(BIN)/duixian run $(PATHS)

serve: .venv/.set-up ## Serve the ledger as a site on this machine
	@$(BIN)/duixian serve

test: .venv/.set-up-dev ## Run the tests
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: .venv/.set-up-dev ## Style, types, imports between rooms, lock files
	@$(BIN)/python deployments/check.py

docs: .venv/.set-up ## Write docs/cli.md, docs/rules.md and the schema of sources from what they describe
	@$(BIN)/python deployments/cli_reference.py
	@$(BIN)/python deployments/rules_reference.py
	@$(BIN)/python deployments/source_schema.py

bench: .venv/.set-up ## Measure each part beside a floor or a peer (PATHS, else the examples)
	@$(BIN)/python -m benchmarks $(PATHS)

soak: .venv/.set-up-dev ## The property tests with twenty times as many cases, the long proofs in full
	@DUIXIAN_SOAK=1 $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile -m "soak or not prefect"

bundle: .venv/.set-up ## Make a folder of wheels for machines without internet
	@$(BIN)/python deployments/bundle.py

clean: ## Remove .venv and caches; the ledgers in var/ stay
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache var/cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock: ## Compile the lock files anew (needs uv)
	@for g in "" "-dev"; do \
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-strip-extras --no-emit-index-url --no-emit-find-links \
		pyproject.toml --group build $${g:+--group dev} -o requirements$$g.lock; done
