# The two commands a newcomer needs: `make demo` and `make test`. Both need only python3 (3.11 or later) and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := .venv-tools
TOOLS_READY := $(TOOLS)/.ready

.PHONY: demo test check lock clean
.NOTPARALLEL:

demo: $(READY)
	$(BIN)/luutin demo

test: check $(TOOLS_READY)
	$(BIN)/pytest -n auto --dist worksteal

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Luutin needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV) from requirements.lock: about a minute"
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Programs of others that tests run: pywb, and what validates WACZ files.
$(TOOLS_READY): requirements-tools.lock
	@echo "Setting up $(TOOLS) from requirements-tools.lock"
	$(PYTHON) -m venv --clear $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.lock
	@touch $@

# Pins every dependency with its hashes; needs uv.
lock:
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet -o requirements.lock
	uv pip compile requirements-tools.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet -o requirements-tools.lock

clean:
	rm -rf $(VENV) $(TOOLS) demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
