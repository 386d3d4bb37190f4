# Everything a fresh machine needs: Python 3.11 or newer with pip, and make.
# Another interpreter: make demo PYTHON=python3.12
PYTHON ?= python3
VENV := .venv
SECONDS ?= 60
RUN := $(VENV)/bin
unexport PYTHONPATH
PIP := $(RUN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: help demo desk test slow check fuzz wheel fresh sbom manifest clean

help:
	@echo "make demo   set up and run the bundled theatre; the brief lands in out/demo"
	@echo "make desk   set up and serve the desk on the bundled theatre, at http://127.0.0.1:8000"
	@echo "make test   set up and run the fast tests"
	@echo "make slow   the tests that take longer"
	@echo "make check  style, types and the order of the rooms"
	@echo "make fuzz   fuzz every reader for a minute each (SECONDS=600 for longer; Linux)"
	@echo "make wheel  build the wheel and the sdist in dist/; the same sources give the same bytes"
	@echo "make fresh  install that wheel in a clean environment and run doctor and the demo there"
	@echo "make sbom   bill of materials (CycloneDX) of that environment, in dist/"
	@echo "make manifest  write the hashes of models, data and scripts anew (src/detente/shipped.json)"
	@echo "make clean  remove the environment and what was built"

demo: $(VENV)/.installed
	$(RUN)/detente demo

desk: $(VENV)/.desk
	$(RUN)/detente desk

test: $(VENV)/.test
	$(RUN)/python -m pytest -n 2

slow: $(VENV)/.test
	$(RUN)/python -m pytest -n 2 -m slow -rs

check: $(VENV)/.check
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports

fuzz: $(VENV)/.test
	for target in $$($(RUN)/python tests/fuzz/run.py); do $(RUN)/python tests/fuzz/run.py $$target $(SECONDS) || exit 1; done

# the moment of the last commit stands for the moment of building
wheel: $(VENV)/.test
	rm -rf dist
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)} \
		$(RUN)/python -m build --no-isolation --outdir dist .

fresh: wheel
	rm -rf out/fresh && mkdir -p out/fresh
	$(RUN)/python -m venv out/fresh/env
	out/fresh/env/bin/python -m pip --disable-pip-version-check install --quiet dist/*.whl
	cd out/fresh && ./env/bin/detente doctor && ./env/bin/detente demo -o demo

sbom: fresh
	$(RUN)/python .ci/sbom.py out/fresh/env dist/detente.cdx.json

manifest: $(VENV)/.installed
	$(RUN)/python -m detente.shipped

# Debian's python3 without python3-venv lacks ensurepip: then the machine's own pip fills the environment.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Detente needs Python 3.11 or newer; try: make PYTHON=python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV) && $(PYTHON) -m venv --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(VENV)/bin/python install --quiet pip; }

$(VENV)/.installed: pyproject.toml setup.py | $(VENV)/bin/python
	$(PIP) --upgrade pip
	$(PIP) --editable .
	@touch $@

$(VENV)/.desk: $(VENV)/.installed
	$(PIP) --editable '.[desk]'
	@touch $@

$(VENV)/.test: $(VENV)/.installed
	$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.check: $(VENV)/.installed
	$(PIP) --editable '.[check]'
	@touch $@

clean:
	rm -rf $(VENV) build dist out
