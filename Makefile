# One command each, from a clean clone: only Python >= 3.11, make and a package registry are needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CORPUS ?= ../shared/corpus

.PHONY: demo test check format lock sample locale bench-linking bench-audit bench-documents bench-start clean

demo: $(VENV)/.ready
	$(BIN)/evidencias demo

test: $(VENV)/.ready
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The environment is made anew whenever what it holds is declared otherwise.
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Every version and hash, for every platform and Python from 3.11; no index address in it.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --group dev --group bench --extra ocr --quiet -o requirements.lock pyproject.toml

sample: $(VENV)/.ready
	$(BIN)/python tools/make_sample.py

locale: $(VENV)/.ready
	$(BIN)/pybabel compile -d evidencias/locale -l es

bench-linking: $(VENV)/.ready
	$(BIN)/python -m bench.linking $(CORPUS) bench/casos

bench-audit: $(VENV)/.ready
	$(BIN)/python -m bench.audit $(CORPUS) bench/casos

bench-documents: $(VENV)/.ready
	$(BIN)/python -m bench.documents $(CORPUS)

bench-start: $(VENV)/.ready
	$(BIN)/python -m bench.start

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis evidencias-demo
