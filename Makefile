# make run, make test: all a fresh machine needs is Python 3.11 or newer; uv is used when it is there.
# Everything is installed into .venv here and nowhere else. ARGS are passed on: make run ARGS="list"

# Tests wait for terminals and disks more than they compute: two workers for each core.
export PYTEST_XDIST_AUTO_NUM_WORKERS ?= $(shell echo $$(( 2 * $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) )))

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON := $(BIN)/python
APP    := $(BIN)/deskmate
TOOLS  := $(BIN)/pytest
PASSED := $(VENV)/tests-passed

# Compiled files are what makes the start fast, so they are wanted even where the environment says no.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV

.PHONY: run test check cover lint types contracts format bench prove clean
.NOTPARALLEL:

run: $(APP)
	@$(APP) $(ARGS)

test: $(TOOLS)
	$(tests)

# What has passed on these very files is not run a second time.
check: lint types contracts $(PASSED)
	@echo "tests: $$(cat $(PASSED)), and nothing has changed since"

$(PASSED): $(TOOLS) $(shell find src tests bench docs Makefile pyproject.toml README.md CHANGELOG.md -type f -not -name '*.pyc')
	$(tests)

cover: $(TOOLS)
	$(PYTHON) -m pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered $(ARGS)

lint: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TOOLS)
	$(BIN)/mypy

contracts: $(TOOLS)
	$(BIN)/lint-imports

format: $(TOOLS)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(TOOLS)
	@$(PYTHON) -m compileall -q src bench
	$(PYTHON) -m bench $(ARGS)

prove: $(TOOLS)
	$(PYTHON) -m pytest -m prove $(ARGS)

clean:
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
	  .hypothesis .import_linter_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# Only a whole run that passed is kept, by its last line.
define tests
@rm -f $(PASSED)
@{ $(PYTHON) -m pytest -n auto --dist worksteal $(ARGS); echo $$? > $(VENV)/tests-ended; } | tee $(VENV)/tests-said; \
  exit $$(cat $(VENV)/tests-ended)
@[ -n "$(ARGS)" ] || tail -n 1 $(VENV)/tests-said > $(PASSED)
endef

# Installed again when pyproject.toml is newer than what it installed.
$(APP): pyproject.toml
	$(call install,.)

$(TOOLS): pyproject.toml
	$(call install,.[dev])

# pip is renewed first: the start script that older ones write costs every start the import of re.
define install
@set -e; \
if command -v uv >/dev/null 2>&1; then \
  echo "deskmate: installing into $(VENV) with uv"; \
  [ -x $(PYTHON) ] || uv venv --quiet --clear --python '>=3.11' $(VENV); \
  uv pip install --quiet --compile-bytecode --python $(PYTHON) -e '$(1)'; \
else \
  if [ ! -x $(PYTHON) ] || ! $(PYTHON) -m pip --version >/dev/null 2>&1; then \
    new='import sys; sys.exit(sys.version_info < (3, 11))'; found=; \
    for each in python3.13 python3.12 python3.11 python3 python; do \
      if "$$each" -c "$$new" >/dev/null 2>&1; then found=$$each; break; fi; \
    done; \
    if [ -z "$$found" ]; then \
      echo "deskmate needs Python 3.11 or newer, and none was found (python3 here: $$(python3 --version 2>/dev/null || echo none))." >&2; \
      echo "Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python), or uv." >&2; \
      exit 1; \
    fi; \
    if ! "$$found" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
      echo "This Python cannot make a virtual environment: its venv part is missing." >&2; \
      echo "Install it (Debian, Ubuntu: apt install python3-venv) and say make again." >&2; \
      exit 1; \
    fi; \
    rm -rf $(VENV); "$$found" -m venv $(VENV); \
  fi; \
  echo "deskmate: installing into $(VENV) (once, about a minute)"; \
  $(PYTHON) -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.2'; \
  $(PYTHON) -m pip install --quiet --disable-pip-version-check -e '$(1)'; \
fi; \
$(PYTHON) -m compileall -q src; \
touch $(APP) $@
endef
