"""What is peculiar to the store on PostgreSQL: order of ids, lost connections, its tables, its address."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from orchestrator.errors import SettingsError, StoreError
from orchestrator.runs.events import Event, LogWritten
from orchestrator.storage.store_url import expanded, is_postgres, shown
from tests.postgres import PASSWORD, Server, missing

if missing():
    pytest.skip(str(missing()), allow_module_level=True)

from orchestrator.storage.postgres import _ADD_EVENTS, _TAKE_IDS, PostgresEventStore
from orchestrator.storage.postgres_server import PostgresServer

DEADLINE = 20.0


def log(message: str = "") -> Event:
    return LogWritten(run_id="r", timestamp=1.0, message=message)


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.new_store()


@pytest.fixture
def store(address: str) -> Iterator[PostgresEventStore]:
    made = PostgresEventStore(address)
    yield made
    made.close()


def until(reached: Callable[[], object]) -> None:
    give_up = time.monotonic() + DEADLINE
    while not reached():
        assert time.monotonic() < give_up


def messages(store: PostgresEventStore, after: int = 0) -> list[str]:
    return [stored.event.message for stored in store.events(after=after) if isinstance(stored.event, LogWritten)]


# -- ids rise in the order of commits


def test_nobody_overtakes_who_has_taken_ids(postgres: Server, address: str, store: PostgresEventStore) -> None:
    store.append([log("before")])
    slow = PostgresServer(address).connect()
    slow.execute("BEGIN")
    ((number,),) = slow.execute(_TAKE_IDS, (1,)).fetchall()
    body = '{"type":"log","run_id":"r","timestamp":1.0,"message":"slow"}'
    slow.execute(_ADD_EVENTS, ([number], ["r"], ["log"], [None], [body]))
    fast = threading.Thread(target=store.append, args=([log("fast")],))
    fast.start()
    until(lambda: postgres.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))
    last = [stored.id for stored in store.events()][-1]
    assert messages(store) == ["before"]
    slow.execute("COMMIT")
    fast.join()
    slow.close()
    assert messages(store, after=last) == ["slow", "fast"]


def test_who_follows_many_writers_misses_nothing(address: str, store: PostgresEventStore) -> None:
    def write(name: str) -> None:
        own = PostgresEventStore(address)
        for number in range(40):
            own.append([log(f"{name}{number}")] * 2)
        own.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    seen, last = [], 0
    while any(writer.is_alive() for writer in writers) or list(store.events(after=last, limit=1)):
        for stored in store.events(after=last):
            last = stored.id
            seen.append(stored)
    assert seen == list(store.events())
    assert [stored.id for stored in seen] == list(range(1, 321))


def test_what_failed_takes_no_ids(store: PostgresEventStore) -> None:
    with pytest.raises(StoreError, match="refused"):
        store.append([log(), LogWritten(run_id="zero \x00", timestamp=1.0)])
    store.append([log("next")])
    assert [stored.id for stored in store.events()] == [1]


# -- lost connections


def drop_all(postgres: Server) -> None:
    postgres.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'orch'"
        " AND pid <> pg_backend_pid()"
    )


def test_a_lost_connection_is_opened_again(postgres: Server, store: PostgresEventStore) -> None:
    store.append([log("a")])
    drop_all(postgres)
    store.append([log("b")])
    drop_all(postgres)
    assert messages(store) == ["a", "b"]
    drop_all(postgres)
    store.pools.release("r")


def test_a_transaction_that_did_not_come_to_its_end_is_done_again(address: str, store: PostgresEventStore) -> None:
    store.append([log()])
    server, tried = PostgresServer(address), []

    def work(connection: object) -> str:
        tried.append(1)
        connection.execute("DELETE FROM orch_events").rowcount  # type: ignore[attr-defined]  # noqa: B018
        if len(tried) == 1:
            connection.execute("SELECT pg_terminate_backend(pg_backend_pid())").fetchall()  # type: ignore[attr-defined]
        return "done"

    assert server.transaction(work) == "done"
    assert (len(tried), messages(store)) == (2, [])
    server.close()


def test_nobody_claims_to_know_what_became_of_a_transaction_that_was_lost_at_its_end(address: str) -> None:
    server, tried = PostgresServer(address), []

    def work(connection: object) -> None:
        tried.append(1)
        connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")  # type: ignore[attr-defined]

    with pytest.raises(StoreError, match="may be recorded or not"):
        server.transaction(work)
    assert len(tried) == 1
    server.close()


def test_a_server_that_is_gone_and_comes_back(postgres: Server, store: PostgresEventStore) -> None:
    store.append([log("a")])
    watch = store.watch()
    assert watch.changed()
    postgres.stop()
    try:
        for act in (lambda: store.append([log("lost")]), store.runs, lambda: list(store.events())):
            with pytest.raises(StoreError, match="cannot be reached") as found:
                act()
            assert PASSWORD not in str(found.value)
    finally:
        postgres.start()
    store.append([log("b")])
    assert watch.changed()
    watch.close()
    assert messages(store) == ["a", "b"]


def test_a_store_can_be_closed_twice(store: PostgresEventStore) -> None:
    store.runs()
    store.close()
    store.close()


# -- tables


def test_many_come_to_an_empty_database_at_once(address: str) -> None:
    stores = [PostgresEventStore(address) for _ in range(6)]
    failures: list[Exception] = []

    def begin(store: PostgresEventStore) -> None:
        try:
            store.append([log()])
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=begin, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(list(stores[0].events())) == 6
    for store in stores:
        store.close()


def test_tables_of_a_newer_orch_are_left_alone(address: str, store: PostgresEventStore) -> None:
    store.append([log()])
    server = PostgresServer(address)
    server.change("INSERT INTO orch_format VALUES (99)")
    server.close()
    newer = PostgresEventStore(address)
    with pytest.raises(StoreError, match=r"written by a newer orch \(format 99"):
        newer.runs()


# -- its address


@pytest.mark.parametrize("password", ["not-the-one", "half%20way"])
def test_a_wrong_password_is_not_shown(postgres: Server, password: str) -> None:
    store = PostgresEventStore(postgres.address(password=password))
    with pytest.raises(StoreError, match="authentication failed") as found:
        store.runs()
    assert password not in f"{found.value} {found.value.hint}"


@pytest.mark.parametrize(
    ("address", "without"),
    [
        ("postgresql://baker:s3same@db:5432/orch", "postgresql://baker@db:5432/orch"),
        ("postgresql://baker@db/orch", "postgresql://baker@db/orch"),
        ("postgres://db/orch", "postgres://db/orch"),
        ("postgresql://baker:s3@me@db/orch", "postgresql://baker@db/orch"),
        ("postgresql://baker:s3/s?ame@db/orch", "postgresql://baker@db/orch"),
        (
            "postgresql://db/orch?user=b&password=s3same&sslmode=require",
            "postgresql://db/orch?user=b&password=***&sslmode=require",
        ),
        ("postgresql://db/orch?password=s3@me", "postgresql://db/orch?password=***"),
    ],
)
def test_addresses_are_shown_without_passwords(address: str, without: str) -> None:
    assert shown(address) == without


@pytest.mark.parametrize("address", ["postgresql://b:s3/same@db:5432/orch", "postgresql://b:s3%zzsame@db/orch"])
def test_an_address_that_cannot_be_read_is_not_quoted(address: str) -> None:
    with pytest.raises(StoreError, match=r"cannot be read|cannot be reached") as found:
        PostgresEventStore(address).runs()
    assert "s3" not in str(found.value)
    assert "same" not in str(found.value)


def test_variables_in_an_address() -> None:
    address = "postgresql://baker:${PW}@${HOST}/orch"
    assert expanded(address, {"PW": "s3", "HOST": "db"}) == "postgresql://baker:s3@db/orch"
    with pytest.raises(SettingsError, match="`HOST`"):
        expanded(address, {"PW": "s3"})
    with pytest.raises(SettingsError, match="several `@`") as found:
        expanded(address, {"PW": "s@3", "HOST": "db"})
    assert "s@3" not in str(found.value)


def test_what_is_an_address() -> None:
    assert is_postgres("postgresql://db/orch")
    assert is_postgres("${STORE}")
    assert not is_postgres("sqlite")
    assert not is_postgres(None)
    with pytest.raises(SettingsError) as found:
        is_postgres("mysql://baker:s3same@db")
    assert "s3same" not in str(found.value)
