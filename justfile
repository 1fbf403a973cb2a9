set shell := ["sh", "-eu", "-c"]
set positional-arguments

# list every command
default:
    @just --list --unsorted

# set up the environment, the packages and the web assets, and do nothing else
setup:
    @echo "ready"

# a province to look at, on http://localhost:8000 (--port N, --fresh)
demo *args:
    @python -m config.serve "$@"

# the product's commands: `./run motcua` lists them
motcua *args:
    @python -m config.cli "$@"

# run the tests; `./run test motcua/foundation/calendar` for one room
test *args:
    @python -m pytest -q "$@"

# everything that can be said without running the product
check:
    ruff format --check .
    ruff check .
    lint-imports
    mypy config demo motcua tests tools conftest.py manage.py
    python -m tools.budgets
    djlint --check --lint motcua

# measure the product against its budgets
bench *args:
    @python -m config.cli bench "$@"

# what the continuous integration runs
ci:
    .ci/run
