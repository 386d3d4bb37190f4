"""A desk to test with: 33 coded reports of the demo in a ledger of its own, one user per role.

Each test gets a copy of one prepared SQLite file, so that it may write what it likes and other threads see it.
Django is set up once, without leaving DJANGO_SETTINGS_MODULE behind: other tests open ledgers without a site.
With DETENTE_TEST_DESK_POSTGRES=postgresql://user:password@host:port/postgres (of a user who may create databases) all of it runs
on PostgreSQL instead: each file is a database there.
"""

import atexit
import gzip
import os
import shutil
import tempfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
PASSWORD = "correct-horse-battery"
ROLES = ("reader", "analyst", "moderator", "editor", "admin")
POSTGRES = os.environ.get("DETENTE_TEST_DESK_POSTGRES", "")
CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose


def set_up() -> None:
    """Django with the desk's settings, before any test file is read; nothing of it stays in the environment."""
    import django
    from django.conf import settings
    from django.test.utils import setup_test_environment

    if settings.configured:
        raise pytest.UsageError("a test file set Django up without the desk; name tests/desk first, or run it alone")
    data = Path(tempfile.mkdtemp(prefix="detente-desk-"))
    (data / "static").mkdir()
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    given = {
        "DETENTE_DATABASE": POSTGRES or str(data / "none.sqlite"), "DETENTE_DESK_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "detente.desk.settings",
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        django.setup()
    settings.PASSWORD_HASHERS = CHEAP
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    setup_test_environment()


set_up()


def use_database(path: Path) -> None:
    """Let the site's connections, of every thread, open this file from now on."""
    from django.db import connections

    connections.close_all()
    connections.settings["default"]["NAME"] = name_of(path)
    connections["default"].settings_dict["NAME"] = name_of(path)


def name_of(path: Path) -> str:
    """The file; on PostgreSQL the database that stands for it."""
    return f"detente_desk_{os.getpid()}_{path.stem}" if POSTGRES else str(path)


def copied(source: Path | None, target: Path) -> None:
    """A database like another one (None: empty), in the place of what was there."""
    if not POSTGRES:
        if source is not None:
            shutil.copy(source, target)
        return
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name_of(target)}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name_of(target)}" TEMPLATE "{name_of(source) if source else "template0"}"')


@pytest.fixture(scope="session", autouse=bool(POSTGRES))
def tidy():
    """No database stays on the server."""
    yield
    import psycopg
    from django.db import connections

    connections.close_all()
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        for name in ("prepared", "desk", "queue", "bare"):
            server.execute(f'DROP DATABASE IF EXISTS "{name_of(Path(name))}" WITH (FORCE)')


@pytest.fixture(scope="session")
def desk_file(tmp_path_factory):
    """The prepared file: tables, 33 reports up to 21 April 2020, and a user for each role (see PASSWORD)."""
    from django.contrib.auth.models import Group
    from django.core.management import call_command

    from detente.desk.accounts.models import User
    from detente.desk.book import ledger
    from detente.files import read_any
    from detente.keeping.merging import merge_again
    from detente.pipeline import load_theatre, roll_up

    path = tmp_path_factory.mktemp("desk") / "prepared.sqlite"
    copied(None, path)
    use_database(path)
    call_command("migrate", verbosity=0)
    coded = path.with_name("coded.jsonl")
    coded.write_bytes(gzip.decompress((FOLDER / "coded.jsonl.gz").read_bytes()))
    book = ledger()
    book.add(read_any(str(coded)))
    merge_again(book, roll_up(load_theatre("iraq-2020")))
    for role in ROLES:
        user = User.objects.create_user(role, f"{role}@example.org", PASSWORD)
        user.groups.add(Group.objects.get(name=role))
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    use_database(path.with_name("none.sqlite"))
    return path


@pytest.fixture
def site(desk_file, tmp_path, settings):
    """The prepared desk, for this test alone."""
    from django.core.cache import cache

    from detente.desk.theatres.state import forget
    from detente.store.models import Entry

    path = tmp_path / "desk.sqlite"
    copied(desk_file, path)
    use_database(path)
    whole = Entry.objects.count()
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    yield path
    if Entry.objects.count() != whole:
        forget()  # what the pages below /theatres/ keep is of another ledger than the next test's
    use_database(desk_file.with_name("none.sqlite"))


@pytest.fixture(scope="session")
def queue_file(desk_file, tmp_path_factory):
    """The prepared file with every mention in the analysts' queue."""
    from django.db import connection

    from detente.desk.review import filling

    path = tmp_path_factory.mktemp("queue") / "queue.sqlite"
    copied(desk_file, path)
    use_database(path)
    filling.refresh()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    use_database(desk_file.with_name("none.sqlite"))
    return path


@pytest.fixture
def filled(queue_file, site):
    """The prepared desk with the demo's mentions as tasks, for this test alone."""
    use_database(site.with_name("none.sqlite"))
    copied(queue_file, site)
    use_database(site)


@pytest.fixture
def bare_site(site):
    """The desk on a ledger that holds nothing."""
    from django.core.management import call_command

    from detente.desk.theatres.state import forget

    path = site.with_name("bare.sqlite")
    if POSTGRES:
        copied(None, path)
    use_database(path)
    call_command("migrate", verbosity=0)
    forget()
    yield
    forget()
    use_database(site)


@pytest.fixture
def settings():
    """Django's settings, put back after the test: `settings.X = …`."""
    from django.test import override_settings

    class Settings:
        def __init__(self) -> None:
            object.__setattr__(self, "changes", [])

        def __setattr__(self, name, value) -> None:
            change = override_settings(**{name: value})
            change.enable()
            self.changes.append(change)

        def __getattr__(self, name):
            from django.conf import settings as real

            return getattr(real, name)

    made = Settings()
    yield made
    for change in reversed(made.changes):
        change.disable()


@pytest.fixture
def client(site):
    """A browser without a login; CSRF is checked by tests of forms only."""
    from django.test import Client

    return Client()


@pytest.fixture
def log_in(site):
    """A function: `log_in("editor")` gives a browser of somebody with that role."""
    from django.test import Client

    from detente.desk.accounts.models import User

    def browser(role: str, **options) -> Client:
        made = Client(**options)
        made.force_login(User.objects.get(username=role), backend="django.contrib.auth.backends.ModelBackend")
        return made

    return browser


# ------------------------------------------------------------------------------------- in a real browser
@pytest.fixture
def live_site(site):
    """The desk on a port of this machine, as an address; its database is this test's own."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None, thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture(scope="session")
def chromium():
    """Debian's chromium."""
    found = shutil.which("chromium")
    if not found:
        pytest.skip("no chromium to test with (.ci/run installs it)")
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in the thread that tests run in
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=options)
        yield browser
        browser.close()


@pytest.fixture
def open_page(live_site, chromium):
    """A function: `open_page("/", language="ar", width=390, role="editor", scheme="dark")` gives a page of the browser.

    The test fails if the page asked another site for anything, or if the browser complained.
    """
    from django.conf import settings
    from django.test import Client

    from detente.desk.accounts.models import User

    contexts, complaints = [], []

    def opened(address, *, language="en", width=1280, role=None, scheme="light", script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale=language, color_scheme=scheme, java_script_enabled=script,
            base_url=live_site,
        )  # fmt: skip
        contexts.append(context)
        if role:
            one = Client()
            one.force_login(User.objects.get(username=role), backend="django.contrib.auth.backends.ModelBackend")
            value = one.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_site}])
        page = context.new_page()
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type in ("error", "warning") and "status of 422" not in said.text
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda sent: None if sent.url.startswith((live_site, "data:")) else complaints.append(sent.url)
        )
        page.goto(address)
        return page

    yield opened
    for each in contexts:
        each.close()
    assert not complaints
