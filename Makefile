# Everything a fresh machine needs: Python 3.11 or newer with pip, and make.
# Another interpreter: make demo PYTHON=python3.12
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
PIP := $(RUN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: help demo desk test slow check clean

help:
	@echo "make demo   set up and run the bundled theatre; the brief lands in out/demo"
	@echo "make desk   set up and serve the desk on the bundled theatre, at http://127.0.0.1:8000"
	@echo "make test   set up and run the fast tests"
	@echo "make slow   the tests that take longer"
	@echo "make check  style, types and the order of the rooms"
	@echo "make clean  remove the environment and what was built"

demo: $(VENV)/.installed
	$(RUN)/detente demo

desk: $(VENV)/.desk
	$(RUN)/detente desk

test: $(VENV)/.test
	$(RUN)/python -m pytest -n 2

slow: $(VENV)/.test
	$(RUN)/python -m pytest -n 2 -m slow

check: $(VENV)/.check
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports

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
