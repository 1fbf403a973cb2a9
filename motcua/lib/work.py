"""Write stories: lock, check, change, and send what remains in one pipeline before the commit.

A story is one transaction. What it wants to insert is handed over as unsaved model instances with
`add`, what it wants to change on locked rows with `update`; both leave together when the story
ends, still inside the transaction, so that constraint errors surface as errors of the story.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache, partial, wraps
from threading import local
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

import psycopg
from django.db import (
    DEFAULT_DB_ALIAS,
    IntegrityError,
    connection,
    connections,
    models,
    transaction,
)
from django.db.models.base import ModelState
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.string import TextLoader

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)
Statement = tuple[str, Sequence[Any]]
Source = tuple[str, Callable[[Any], Any] | None]
# Values of these fields go to the driver as they are; nothing of ours sets them on saving.
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.DateTimeField,
    models.DateField,
    models.BinaryField,
    models.ForeignKey,
)
Params = Sequence[Any] | Mapping[str, Any]


@dataclass(slots=True)
class Meter:
    """Statements and round trips spent while it is open (BEGIN and COMMIT not counted)."""

    statements: int = 0
    round_trips: int = 0


@dataclass(slots=True)
class _Buffer:
    """What a story has handed over and not yet sent."""

    rows: list[models.Model] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


# Written so that the planner does not look at the values, or at how many there are: it then keeps
# one plan for all, where planning again would cost more than reading the page.
EACH_KEY = "unnest((SELECT %s::bigint[]))"
ANY_KEY = "ANY((SELECT %s::bigint[])::bigint[])"
PLACE = "((SELECT %s::timestamptz), (SELECT %s::bigint))"  # of a page's cursor
_BLOCK = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
_BLOCK_SIZE = 32
_ROWS_AT_ONCE = 500  # the server takes 65,535 values in one statement
_PREPARED = 1000  # more than there are shapes, so that none is prepared twice
# Kept per connection: a crash takes back what a sequence gave to transactions that did not commit,
# and ends every connection with it.
_spare_ids: "WeakKeyDictionary[Any, dict[str, list[int]]]" = WeakKeyDictionary()
_open_story: ContextVar[_Buffer | None] = ContextVar("open_story", default=None)
_meter: ContextVar[Meter | None] = ContextVar("meter", default=None)


def story(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function one transaction whose buffered rows leave in one pipeline at its end.

    A story called inside a story joins it.
    """

    @wraps(function)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        if _open_story.get() is not None:
            return function(*args, **kwargs)
        with transaction.atomic(), _story_open() as buffer:
            result = function(*args, **kwargs)
            _send(buffer)
        return result

    return told


@contextmanager
def _story_open() -> Iterator[_Buffer]:
    buffer = _Buffer()
    token = _open_story.set(buffer)
    try:
        yield buffer
    finally:
        _open_story.reset(token)


def _buffer() -> _Buffer:
    buffer = _open_story.get()
    if buffer is None:
        message = "Rows can be handed over only inside a function marked @work.story."
        raise RuntimeError(message)
    return buffer


def add(*rows: models.Model) -> None:
    """Hand over unsaved rows, inserted when the story ends; those of one model in this order."""
    _buffer().rows.extend(rows)


def put(sql: str, params: Sequence[Any]) -> None:
    """Hand over a statement, run after the inserts when the story ends."""
    _buffer().statements.append((sql, params))


def update(row: models.Model, *names: str) -> None:
    """Hand over the named fields of a locked row, written when the story ends."""
    key = row.pk if isinstance(row.pk, tuple) else (row.pk,)
    put(_update_sql(type(row), names), [*_values(row, names), *key])


def update_all(rows: Sequence[models.Model], *names: str) -> None:
    """Hand over the named fields of many locked rows of one model, written by one statement."""
    if not rows:
        return
    model = type(rows[0])
    keys = [field.attname for field in model._meta.pk_fields]
    columns_of = zip(*(_values(row, (*keys, *names)) for row in rows), strict=True)
    put(_update_all_sql(model, tuple(keys), names), [list(column) for column in columns_of])


def new_id(model: type[models.Model]) -> int:
    """Return an unused key for a row not yet inserted, so that its parts can name it.

    Keys come from the sequence in blocks; one that is not used leaves a hole, which is no harm.
    Costs: one statement for every 32 keys.
    """
    connection.ensure_connection()
    spare = _spare_ids.setdefault(connection.connection, {})
    kept = spare.setdefault(model._meta.db_table, [])
    if not kept:
        found = fetch(_BLOCK, [model._meta.db_table, _BLOCK_SIZE])
        kept.extend(row[0] for row in reversed(found))
    return kept.pop()


def flush() -> None:
    """Send what was handed over so far, where a story must read its own writes."""
    buffer = _buffer()
    _send(buffer)
    buffer.rows.clear()
    buffer.statements.clear()


def fetch(sql: str, params: Params, *, prepare: bool = True) -> list[tuple[Any, ...]]:
    """Run one statement now, prepared on the server, and return its rows."""
    cursor = _cursor()
    _count(statements=1, round_trips=1)
    with connection.wrap_database_errors:
        cursor.execute(_encoded(sql), params, prepare=prepare)
        return [] if cursor.rownumber is None else cursor.fetchall()


def fetch_written(sql: str, params: Params) -> list[tuple[Any, ...]]:
    """Run one statement now; moments come as the database writes them, in UTC.

    For very many rows whose moments are compared first and read seldom.
    """
    raw = _cursor().connection
    _count(statements=1, round_trips=1)
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        cursor.adapters.register_loader("timestamptz", TextLoader)
        cursor.execute(_encoded(sql), params, prepare=False)
        return cursor.fetchall()


def fetch_together(*asked: Statement) -> list[list[tuple[Any, ...]]]:
    """Run several prepared statements in one round trip, and return the rows of each."""
    raw = _cursor().connection
    _count(statements=len(asked), round_trips=1)
    cursors = _beside(raw, len(asked))
    with connection.wrap_database_errors:
        with raw.pipeline():
            for cursor, (sql, params) in zip(cursors, asked, strict=True):
                cursor.execute(_encoded(sql), params, prepare=True)
        return [cursor.fetchall() for cursor in cursors]


def lock(model: type[M], **where: object) -> M:
    """Return the one row that matches, locked until the story ends.

    Raises: the model's DoesNotExist.
    """
    names = tuple(where)
    rows = fetch(_lock_sql(model, names), [_prepared(model, n, where[n]) for n in names])
    if not rows:
        raise cast("Any", model).DoesNotExist
    return from_row(model, rows[0])


def from_row(model: type[M], row: Sequence[Any]) -> M:
    """Return an instance from the values of all its columns, in the model's order.

    What Django's own constructor does for a row read, less the signals nobody of ours listens to.
    """
    made = model.__new__(model)
    made._state = ModelState()
    made._state.db, made._state.adding = DEFAULT_DB_ALIAS, False
    values = made.__dict__
    values.update(zip(_names(model), row, strict=True))
    for name, converters, expression in _converters(model):
        for convert in converters:
            values[name] = convert(values[name], expression, connection)
    return made


def columns(model: type[models.Model], alias: str) -> str:
    """Return all columns of the model for a SELECT, each with the alias of its table."""
    return ", ".join(f'{alias}."{f.column}"' for f in model._meta.local_concrete_fields)


@contextmanager
def metered() -> Iterator[Meter]:
    """Count the statements and round trips of the stories told inside."""
    meter = Meter()
    token = _meter.set(meter)
    try:
        yield meter
    finally:
        _meter.reset(token)


def broken_constraint(error: IntegrityError) -> str:
    """Return the name of the constraint that refused the story."""
    cause = error.__cause__
    name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    return name or ""


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", model._meta.get_field(name))


def _count(*, statements: int, round_trips: int) -> None:
    if (meter := _meter.get()) is not None:
        meter.statements += statements
        meter.round_trips += round_trips


class _Kept(local):
    """The cursors that serve every statement of one thread's connection."""

    raw: object = None
    cursor: "psycopg.Cursor[tuple[Any, ...]]"
    numbered: "psycopg.RawCursor[tuple[Any, ...]]"
    beside: "list[psycopg.Cursor[tuple[Any, ...]]]"


_kept = _Kept()


def _cursor() -> "psycopg.Cursor[tuple[Any, ...]]":
    """Return the thread's cursor, made once for each connection.

    It reads moments with the driver's own loader: Django's is Python and a tenth as fast, and both
    give UTC, in which Django keeps every connection.
    """
    connection.ensure_connection()
    raw = connection.connection
    connection.validate_no_broken_transaction()
    if _kept.raw is not raw:
        raw.prepared_max = _PREPARED
        _kept.cursor = psycopg.Cursor(raw)
        _kept.cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        _kept.numbered = psycopg.RawCursor(raw)
        _kept.beside = []
        _kept.raw = raw
    return _kept.cursor


def _beside(raw: Any, count: int) -> "list[psycopg.Cursor[tuple[Any, ...]]]":
    """Return so many cursors for statements sent together, kept for the next time."""
    while len(_kept.beside) < count:
        cursor = psycopg.Cursor(raw)
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
        _kept.beside.append(cursor)
    return _kept.beside[:count]


def _send(buffer: _Buffer) -> None:
    batches = (
        buffer.rows[first : first + _ROWS_AT_ONCE]
        for first in range(0, len(buffer.rows), _ROWS_AT_ONCE)
    )
    inserts = [_together(list(_inserts(batch))) for batch in batches]
    count = len(inserts) + len(buffer.statements)
    if not count:
        return
    _count(statements=count, round_trips=1)
    cursor = _cursor()
    with connection.wrap_database_errors, connection.connection.pipeline():
        for text, values in inserts:
            _kept.numbered.execute(text, values, prepare=True)
        for sql, params in buffer.statements:
            cursor.execute(_encoded(sql), params, prepare=True)


@lru_cache(maxsize=2048)
def _encoded(sql: str) -> bytes:
    return sql.encode()


def _together(inserts: Sequence[Statement]) -> tuple[bytes, list[Any]]:
    """Return one statement that makes all inserts: half the work of one statement for each.

    They share a snapshot, and keys between them are checked at its end. The places are numbered
    once: the driver would look for them again in every long statement.
    """
    sql = _joined(tuple(sql for sql, _ in inserts))
    return sql, [value for _, params in inserts for value in params]


@lru_cache(maxsize=2048)
def _joined(statements: tuple[str, ...]) -> bytes:
    *others, final = statements
    parts = ", ".join(f"w{index} AS ({sql})" for index, sql in enumerate(others))
    whole = f"WITH {parts} {final}" if parts else final
    first, *pieces = whole.split("%s")
    return (first + "".join(f"${n}{piece}" for n, piece in enumerate(pieces, start=1))).encode()


def _inserts(rows: Sequence[models.Model]) -> Iterator[Statement]:
    """Yield one INSERT for all rows of a model, models in the order they first came."""
    kinds: dict[tuple[type[models.Model], bool], list[models.Model]] = {}
    for row in rows:
        kinds.setdefault(_kind(row), []).append(row)
    for (model, with_key), same in kinds.items():
        sources = _sources(model, with_key)
        params = [
            prepare(getattr(row, name)) if prepare else getattr(row, name)
            for row in same
            for name, prepare in sources
        ]
        yield _insert_sql(model, with_key, len(same)), params


@lru_cache(maxsize=512)
def _sources(model: type[models.Model], with_key: bool) -> tuple[Source, ...]:  # noqa: FBT001 -- cached by position
    """Return where each inserted value comes from, and what prepares it for the driver."""
    return tuple(_source(f) for f in _insert_fields(model, with_key=with_key))


@lru_cache(maxsize=4096)
def _source(one: "models.Field[Any, Any]") -> Source:
    if isinstance(one, _PLAIN):
        return one.attname, None
    return one.attname, partial(_prepare, one)


def _prepare(one: "models.Field[Any, Any]", value: Any) -> Any:
    return one.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


def _kind(row: models.Model) -> tuple[type[models.Model], bool]:
    return type(row), row.pk is not None


@lru_cache(maxsize=1024)
def _insert_sql(model: type[models.Model], with_key: bool, count: int) -> str:  # noqa: FBT001 -- cached by position
    fields = _insert_fields(model, with_key=with_key)
    names = ", ".join(f'"{f.column}"' for f in fields)
    one = "(" + ", ".join(["%s"] * len(fields)) + ")"
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ' + ", ".join([one] * count)


@lru_cache(maxsize=256)
def _insert_fields(
    model: type[models.Model], *, with_key: bool
) -> tuple["models.Field[Any, Any]", ...]:
    return tuple(
        f
        for f in model._meta.local_concrete_fields
        if not f.generated and (with_key or not isinstance(f, models.AutoField))
    )


@lru_cache(maxsize=1024)
def _update_sql(model: type[models.Model], names: tuple[str, ...]) -> str:
    sets = ", ".join(f'"{_field(model, n).column}" = %s' for n in names)
    where = " AND ".join(f'"{key.column}" = %s' for key in model._meta.pk_fields)
    return f'UPDATE "{model._meta.db_table}" SET {sets} WHERE {where}'


@lru_cache(maxsize=256)
def _update_all_sql(
    model: type[models.Model], keys: tuple[str, ...], names: tuple[str, ...]
) -> str:
    fields = [_field(model, name) for name in (*keys, *names)]
    kept = ", ".join(f'"{one.column}"' for one in fields)
    given = ", ".join(f"%s::{one.db_type(connection)}[]" for one in fields)
    sets = ", ".join(f'"{_field(model, n).column}" = x."{_field(model, n).column}"' for n in names)
    where = " AND ".join(
        f't."{_field(model, k).column}" = x."{_field(model, k).column}"' for k in keys
    )
    table = model._meta.db_table
    return f'UPDATE "{table}" t SET {sets} FROM unnest({given}) AS x({kept}) WHERE {where}'


def _values(row: models.Model, names: Sequence[str]) -> list[Any]:
    model = type(row)
    sources = (_source(_field(model, name)) for name in names)
    return [
        prepare(getattr(row, name)) if prepare else getattr(row, name) for name, prepare in sources
    ]


@lru_cache(maxsize=256)
def _lock_sql(model: type[models.Model], names: tuple[str, ...]) -> str:
    where = " AND ".join(f't."{_field(model, n).column}" = %s' for n in names)
    table = model._meta.db_table
    return f'SELECT {columns(model, "t")} FROM "{table}" t WHERE {where} FOR UPDATE'


def _prepared(model: type[models.Model], name: str, value: object) -> Any:
    return _field(model, name).get_db_prep_value(value, connection)


@lru_cache(maxsize=256)
def _names(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(f.attname for f in model._meta.local_concrete_fields)


@lru_cache(maxsize=256)
def _converters(model: type[models.Model]) -> tuple[tuple[str, list[Any], Any], ...]:
    """Return, for columns that need it, their name and what turns the driver's value into ours."""
    found = []
    for one in model._meta.local_concrete_fields:
        expression = one.cached_col
        converters = [
            *connection.ops.get_db_converters(expression),
            *one.get_db_converters(connection),
        ]
        if converters:
            found.append((one.attname, converters, expression))
    return tuple(found)
