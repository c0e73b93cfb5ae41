# Two commands: `make run` and `make test`. Everything else serves them.
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help install run test check bench lock

help:
	@echo "make run      install, load the demo network and start it"
	@echo "make test     every test, on SQLite and PostgreSQL"
	@echo "make check    format, lint, types, import contracts, translations, docs"
	@echo "make bench    measure ourselves against others"
	@echo "make install  only the environment, in .venv"
	@echo "make lock     write requirements.lock anew from pyproject.toml"

.venv/.ok: requirements.lock
	@echo "Installing into .venv …"
	@python3.11 -m venv .venv 2>/dev/null || python3 -m venv .venv
	@.venv/bin/python -c "import sys; sys.exit('Alphorn needs Python 3.11, this is ' + sys.version.split()[0]) if sys.version_info[:2] != (3, 11) else None"
	@if .venv/bin/pip install -q --disable-pip-version-check uv 2>/dev/null; then \
	  .venv/bin/uv pip install -q --python .venv/bin/python --require-hashes -r requirements.lock; \
	else \
	  .venv/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	@touch $@

install: .venv/.ok

run: .venv/.ok
	@$(PYTHON) -m advocacy demo

test: .venv/.ok
	@$(PYTHON) -m tests

check: .venv/.ok
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy advocacy feeds app.py
	@.venv/bin/lint-imports --no-cache
	@$(PYTHON) -m tests.architecture.translations
	@$(PYTHON) -m tests.architecture.vendor
	@$(PYTHON) -m tests.architecture.docs

bench: .venv/.ok
	@$(PYTHON) -m tests.benchmarks

lock: .venv/.ok
	@.venv/bin/uv pip compile pyproject.toml --group dev --python-version 3.11 --generate-hashes --no-emit-index-url -q -o requirements.lock
