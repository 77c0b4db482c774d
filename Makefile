# Everything a person or CI needs; the two that matter: `make demo`, `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench conformance lock clean

help: ## show this
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(STAMP): pyproject.toml requirements.lock
	@scripts/make-venv "$(PYTHON)" "$(VENV)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## materialize the bakery's two code locations and draw their lineage
	cd example_projects/cakes && $(CURDIR)/$(BIN)/orch run cake_production
	cd example_projects/cakes && $(CURDIR)/$(BIN)/orch lineage

test: $(STAMP) ## run all tests, in parallel
	$(BIN)/python -m pytest -n auto --dist worksteal -q

check: $(STAMP) ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP) ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP) ## compare with Dagster and with a bare loop; takes an hour
	$(BIN)/python benchmarks/run.py

conformance: $(STAMP) ## record what Dagster answers (DAGSTER_PYTHON=... if you have it; AREA=... for a part), then compare
	$(BIN)/python tests/conformance/record.py $(AREA) $(if $(DAGSTER_PYTHON),--python $(DAGSTER_PYTHON))
	$(BIN)/python tests/conformance/compare.py $(AREA)

lock: ## write requirements.lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-header --no-annotate \
		--no-emit-package orchestrator -o requirements.lock pyproject.toml

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info
