set shell := ["sh", "-eu", "-c"]
set positional-arguments

export MOTCUA_HOME := env("MOTCUA_HOME", justfile_directory())

# list every command
default:
    @just --list --unsorted

# set up the environment, the packages and the web assets, and do nothing else
setup:
    @echo "ready"

# a province to look at, on http://localhost:8000 (--port N, --fresh)
demo *args:
    @exec python -m config.serve "$@"

# who plays our partners: the document axis, the province's platform, signing services, time stamps
simulators *args:
    @exec python -m simulators "$@"

# write the description of the interface and the Python client from it
client:
    @exec python -m tools.client

# bring the catalogue of English words up to date (--check: only say what is missing)
texts *args:
    @exec python -m tools.texts "$@"

# the product's commands: `./run motcua` lists them
motcua *args:
    @exec python -m config.cli "$@"

# run the tests (all of them by two processes); `./run test motcua/foundation/calendar` for one room
test *args:
    @[ $# -gt 0 ] || set -- -n 2 --dist loadfile -p no:randomly; exec env PYTHONHASHSEED=0 python -m pytest -q -o cache_dir="$MOTCUA_HOME/var/pytest" "$@"

# hand altered files to those who read what strangers send (--seconds N); asks no database
fuzz *args:
    @[ $# -gt 0 ] || set -- --seconds 120; TEST_DATABASE_URL=postgresql://nobody@127.0.0.1/none exec python -m pytest -q -o cache_dir="$MOTCUA_HOME/var/pytest" -p no:randomly motcua/foundation/signing/tests/test_fuzz.py tests/test_exchange_fuzz.py "$@"

# requests made from the interface's own description, good and bad, for people of several roles (--seconds N)
fuzz-interface *args:
    @[ $# -gt 0 ] || set -- --seconds 1800; exec python -m pytest -q -o cache_dir="$MOTCUA_HOME/var/pytest" -p no:randomly tests/test_interface_fuzz.py "$@"

# the journeys in a browser (needs chromium), two files at a time, the longest first; each file has a database of its own, a copy of the province that the first one in its lane built
journeys *args:
    @[ $# -gt 0 ] || set -- tests/journeys/test_desks.py tests/journeys/test_procedures.py tests/journeys/test_stories.py $(ls tests/journeys/test_*.py | grep -vE '_(desks|procedures|stories)\.py'); export MOTCUA_LOOKED=$(mktemp -d); trap 'rm -r "$MOTCUA_LOOKED"' EXIT; printf '%s\n' "$@" | MOTCUA_TEST_RUN=$$ xargs -P 2 --process-slot-var=LANE -I FILE sh -c 'PYTEST_XDIST_WORKER="lane$LANE" exec python -m pytest -q -o cache_dir="$MOTCUA_HOME/var/pytest" -p no:randomly FILE'

# the agent for officers' own computers as one file, var/motcua-agent.pyz
agent-package:
    @rm -rf "$MOTCUA_HOME/var/agent" && mkdir -p "$MOTCUA_HOME/var/agent/motcua/lib" && cp -r agent "$MOTCUA_HOME/var/agent/" && rm -rf "$MOTCUA_HOME/var/agent/agent/tests" && touch "$MOTCUA_HOME/var/agent/motcua/__init__.py" "$MOTCUA_HOME/var/agent/motcua/lib/__init__.py" && cp motcua/lib/devices.py "$MOTCUA_HOME/var/agent/motcua/lib/" && python -m zipapp "$MOTCUA_HOME/var/agent" -o "$MOTCUA_HOME/var/motcua-agent.pyz" -m agent.__main__:main && echo "$MOTCUA_HOME/var/motcua-agent.pyz"

# keys inside devices, and verifiers of others: what needs Debian's softhsm2, xmlsec1, poppler-utils, mupdf-tools, qpdf
devices *args:
    @[ $# -gt 0 ] || set -- -n 2 --dist loadfile tests/devices; exec python -m pytest -q -o cache_dir="$MOTCUA_HOME/var/pytest" -p no:randomly "$@"

# everything that can be said without running the product
check:
    ruff format --check .
    ruff check .
    lint-imports
    mypy agent config demo motcua simulators tests tools conftest.py manage.py
    mypy --strict --config-file= client/motcua_client
    python -m tools.budgets
    djlint --check --lint motcua

# measure the product against its budgets
bench *args:
    @exec python -m demo.bench "$@"

# keep a busy province running for three quarters of an hour, five times as busy in between
soak *args:
    @exec python -m demo.bench.soak "$@"

# measure what the ledger of promises adds to receiving, and a tree of ten million leaves
bench-ledger *args:
    @exec python -m demo.bench.promises "$@"

# measure how fast signatures are made and examined (--rounds N)
bench-signing *args:
    @DJANGO_SETTINGS_MODULE=config.settings.test exec python -c 'import django; django.setup(); from motcua.foundation.signing.tests.bench import main; main()' "$@"

# five people let a running site examine a signed file at the same moment (FILE, --port N)
bench-examining *args:
    @exec python -m demo.bench.examinations "$@"

# payments with every fault, at the level of operations (--payments 10000): books balanced, each order explained
bench-payments *args:
    @if [ "${1:-}" = "--payments" ]; then export MOTCUA_BENCH_PAYMENTS="$2"; shift 2; fi; exec python -m pytest -q -s -o cache_dir="$MOTCUA_HOME/var/pytest" -p no:randomly motcua/casework/payments/tests/bench_faults.py "$@"

# measure how many receipts a second are issued, signed and shown
bench-receipts *args:
    @exec python -m pytest -q -s -o cache_dir="$MOTCUA_HOME/var/pytest" -p no:randomly motcua/casework/receipts/tests/bench_issuing.py "$@"

# find words in a million pages of text (--pages N, --data FOLDER)
bench-text *args:
    @exec python -m demo.bench.texts "$@"

# lists, search and pages of a million documents in 111 agencies (--rows N, --data FOLDER)
bench-documents *args:
    @exec python -m demo.bench.registry "$@"

# fees decided, orders with VietQR, notices of a gateway over HTTP (--notices N --orders N --port P)
bench-money *args:
    @exec python -m demo.bench.money "$@"

# what books of three million entries cost an accountant, against a tenth of them (--entries N)
bench-cashbook *args:
    @exec python -m demo.bench.cashbook "$@"

# a day of 315,000 orders against statements (--orders N)
bench-reconcile *args:
    @exec python -m demo.bench.reconcile "$@"

# ten million dossiers beside one million: lists, searches, receiving (--data PATH --to PATH --turns N)
bench-tenfold *args:
    @exec python -m demo.bench.tenfold "$@"

# a day off is declared while 100,000 promises stand open (--open N --data PATH --kill)
bench-calendar *args:
    @exec python -m demo.bench.calendars "$@"

# lists of dossiers as files, others reading their work lists meanwhile (--rows N --data PATH)
bench-exports *args:
    @exec python -m demo.bench.exports "$@"

# what the engine of processes costs when a step is completed, without database
bench-engine *args:
    @exec python -m motcua.casework.dossiers.tests.bench_engine "$@"

# kill -9 the product's processes under load, then prove that nothing was lost (--kills N)
bench-kills *args:
    @exec python -m demo.bench.kills "$@"

# two installations exchange over a bad line and are killed, then prove that nothing was lost (--documents N --kills N --minutes-cut M --continue)
bench-replay *args:
    @exec python -m demo.bench.replay "$@"

# what the exchange between two installations does in a second, and costs
bench-exchange *args:
    @exec python -m demo.bench.exchange "$@"

# what the continuous integration runs
ci:
    @.ci/run
