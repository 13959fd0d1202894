# The front door. On a fresh machine with Python 3.11 and make: `make run`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
# The pictures in the README.
PAGES := credentials detail requirements present code checked settings unlock welcome create trash
export LANG := C.UTF-8

.PHONY: run install test check bench demonstration screenshots translations lock clean

run: $(INSTALLED)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/mikrofolio; else \
	  echo "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so this is"; \
	  echo "the tour in the terminal instead of the window."; echo; $(BIN)/mikrofolio tour; fi

install: $(INSTALLED)

$(INSTALLED): packaging/requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r packaging/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  --no-build-isolation -e .
	@touch $@

test: $(INSTALLED)
	@$(BIN)/python packaging/check_system.py
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python packaging/translations.py check
	$(BIN)/python packaging/check_contexts.py

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks.start_up
	$(BIN)/python -m benchmarks.verify
	$(BIN)/python -m benchmarks.painted
	$(BIN)/python -m benchmarks.vault
	$(BIN)/python -m benchmarks.stacking

demonstration: $(INSTALLED)
	$(BIN)/python -m tests.make_demonstration

screenshots: $(INSTALLED)
	$(BIN)/python -m tests.screenshots build/screenshots
	cd build/screenshots && cp $(PAGES:%=%-en-light-100.png) ../../packaging/screenshots/

translations: $(INSTALLED)
	$(BIN)/python packaging/translations.py update

# Needs uv (pip install uv). Writes no index address.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --no-header \
	  --no-annotate --no-emit-index-url pyproject.toml -o packaging/requirements.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
