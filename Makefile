# What is typed most often; docs/contributing.md says what each is for. `make install` comes first.
BIN := .venv/bin

.PHONY: install test check bench soak eval pages wheel gate

install:  ## a fresh environment with the versions that were tested
	python3 -m venv .venv
	$(BIN)/pip install -q -c constraints.txt -e '.[dev]'

test:  ## every test that says whether the product is right; PYTEST='-n0 -x tests/unit/engine/reading' runs some
	$(BIN)/pytest $(PYTEST)

check:  ## linter, format, types, contracts of the imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy drift tests
	$(BIN)/lint-imports

bench:  ## the benchmarks; they want a quiet machine
	$(BIN)/pytest -m bench -n 0

soak:  ## the short forms of the trials: stops, kills and faults at random moments
	$(BIN)/pytest -m soak -n 3

eval:  ## the quality gate; DRIFT_EVAL_DIR names a folder of labelled sets
	$(BIN)/pytest -m eval -n 0

pages:  ## write the pages, schemas and word lists that are made of the code and of CLDR
	$(BIN)/python -m drift.policies.reference > docs/reference/policies.md
	$(BIN)/python -m drift.settings.reference > docs/reference/settings.md
	$(BIN)/drift policies schema > policies/policy.schema.json
	$(BIN)/drift config schema > docs/reference/drift.schema.json
	$(BIN)/python tests/cldr/make.py

wheel:  ## the package, in dist/
	$(BIN)/python -m hatchling build -d dist

gate:  ## all of that in a fresh copy and a fresh environment: what has to pass
	.ci/run
