"""Commands of the desk: `detente desk`, `detente desk user …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente import logs
from detente.console import say
from detente.options import as_day
from detente.records import InputError

desk_app = typer.Typer(
    help="Serve the desk: readers read and comment, analysts review, editors publish.\n\n"
    "With no arguments it opens on the bundled theatre (Iraq, 2019 to 2020), with nothing else to start:\n\n"
    "  detente desk\n\n"
    "It keeps what it needs in out/desk, reads and codes the reports once, prints a one-time password for 'admin', and "
    "serves on http://127.0.0.1:8000. On a ledger and a theatre of your own:\n\n"
    "  detente desk --ledger news.sqlite --theatre sahel/ --data /var/lib/detente\n\n"
    "For the open internet it needs DETENTE_DESK_PRODUCTION=1 and a few more variables; see docs/reference/desk.md.",
    invoke_without_command=True,
)
user_app = typer.Typer(help="Who works at the desk.", no_args_is_help=True)
desk_app.add_typer(user_app, name="user")
token_app = typer.Typer(help="Tokens with which programs use the API.", no_args_is_help=True)
desk_app.add_typer(token_app, name="token")

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder for uploads, static files and the desk's key. Default: DETENTE_DESK_DATA, else out/desk."),
]  # fmt: skip
Ledger = Annotated[
    str | None,
    typer.Option("--ledger", help="A ledger: a file, or postgresql://user@host/name. Default: DETENTE_DATABASE, else the demo."),
]  # fmt: skip
Theatres = Annotated[
    list[str] | None,
    typer.Option("--theatre", "-t", help="A theatre to watch: bundled name, folder or theatre.toml. Repeat it for more. Default: DETENTE_DESK_THEATRES, else iraq-2020."),
]  # fmt: skip
Roles = Annotated[
    list[str], typer.Option("--role", help="reader, analyst, moderator, editor or admin. Repeat it for more.")
]
Name = Annotated[str, typer.Argument(help="Name to log in with.")]


@desk_app.callback()
def desk(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 listens to every network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes. Default: one a core, at most 4.")] = None,
    ledger: Ledger = None, theatre: Theatres = None, data: Data = None,
    only_prepare: Annotated[bool, typer.Option("--only-prepare", help="Make everything ready and end: before another server serves detente.desk.wsgi.")] = False,
) -> None:  # fmt: skip
    """Prepare and serve; a command below prepares only."""
    from detente.desk import serve, start

    start.prepare(data, ledger, theatre or [])
    from django.conf import settings

    start.bring_up()
    if context.invoked_subcommand:
        return
    password = start.first_admin()
    if settings.DESK.demo:
        from detente.desk.publishing.demonstration import publish_first
        from detente.desk.theatres.demonstration import freeze_first

        start.fill_demo()
        publish_first()
        freeze_first()
    if password:
        _hand_over(password)
    if not only_prepare:
        say(f"the desk is open: http://{f'[{host}]' if ':' in host else host}:{port}  (Ctrl-C ends it)")
        serve.serve(host, port, workers or serve.default_workers())


def _hand_over(password: str) -> None:
    """A first password is for the person at the terminal; what collects JSON lines should not keep it."""
    if logs.how.json:
        say("a user 'admin' was made; print a one-time password with: detente desk user password admin")
    else:
        say(f"user 'admin', one-time password {password}")


@desk_app.command()
def propose(
    dyad: Annotated[list[str] | None, typer.Option("--dyad", help="Id of a dyad. Repeat it for more. Default: all of the desk's theatres.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="As known on this day (YYYY-MM-DD). Default: the last report's day.")] = None,
) -> None:  # fmt: skip
    """Let the machine propose stories for editors to look at; for a timer, and for ledgers too large for a click.

    Example: detente desk propose --dyad us-factions --as-of 2020-05-07; for a ledger of your own, before the command:
    detente desk --ledger news.sqlite --theatre sahel/ propose
    """
    from detente.desk.book import theatres
    from detente.desk.publishing.proposing import propose as proposed

    known = {each.id: place.id for place in theatres().values() for each in place.dyads}
    for name in dyad or known:
        if name not in known:
            raise InputError(f"no dyad {name}; there are: {', '.join(known)}")
        made = proposed(known[name], name, as_day(as_of, "--as-of"), None, "asked for by command", patient=True)
        say(f"story {made.pk}: {made.newest.brief.headline.text}")


@desk_app.command()
def review() -> None:
    """Bring the analysts' queue and the incidents up to date; for a timer, and for ledgers too large for a click.

    Example: detente desk review (every ten minutes, say); for a ledger of your own, before the command:
    detente desk --ledger news.sqlite --theatre sahel/ review
    """
    from detente.desk.review.filling import refresh
    from detente.desk.review.models import Task

    new = refresh(patient=True)
    waiting = Task.objects.filter(state__in=(Task.State.OPEN, Task.State.SECOND, Task.State.DISPUTED)).count()
    say(f"{new} new tasks, {waiting} wait for analysts")


@user_app.command()
def add(name: Name, role: Roles, email: Annotated[str, typer.Option(help="For mail from the desk.")] = "") -> None:
    """Make a user and print a one-time password, to be changed at the first login.

    Example: detente desk user add ada --role editor --role moderator
    """
    from detente.desk.accounts.people import add_user

    _, password = add_user(name, role, email)
    print(password)


@user_app.command()
def role(name: Name, role: Roles) -> None:
    """Give a user exactly these roles.

    Example: detente desk user role ada --role analyst
    """
    from detente.desk.accounts.people import set_roles

    set_roles(name, role)


@user_app.command()
def password(name: Name) -> None:
    """Print a new one-time password for a user; their open sessions end.

    Example: detente desk user password ada
    """
    from detente.desk.accounts.people import new_password

    print(new_password(name))


@user_app.command("list")
def list_users() -> None:
    """List the users with their roles.

    Example: detente desk user list
    """
    from detente.desk.accounts.models import User

    for user in User.objects.order_by("username").prefetch_related("groups"):
        state = "" if user.is_active else "  (closed)"
        print(f"{user.username}  {', '.join(sorted(group.name for group in user.groups.all())) or 'no role'}{state}")


@user_app.command()
def close(name: Name) -> None:
    """Close a login: it stays in the records of what was decided, and nobody can use it any more.

    Example: detente desk user close ada
    """
    from detente.desk.accounts.people import find_user

    user = find_user(name)
    user.is_active = False
    user.save(update_fields=["is_active"])


@token_app.command("add")
def add_token(
    name: Name,
    what_for: Annotated[str, typer.Option("--for", help="What it is for, so that it can be told from others.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it works.")] = 90,
) -> None:
    """Make a token that may do in the API what the user may, and print it; it is not shown again.

    Example: detente desk token add ada --for "nightly proposals"
    """
    from detente.desk.accounts.tokens import add_token as make

    print(make(name, what_for, days))


@token_app.command("list")
def list_tokens() -> None:
    """List the tokens: number, user, what it is for, last day.

    Example: detente desk token list
    """
    from detente.desk.accounts.models import Token

    for each in Token.objects.select_related("user").order_by("pk"):
        print(f"{each.pk}  {each.user.username}  {each.name}  until {each.ends_at:%Y-%m-%d}")


@token_app.command()
def revoke(number: Annotated[int, typer.Argument(help="The token's number, as listed.")]) -> None:
    """End a token now.

    Example: detente desk token revoke 3
    """
    from detente.desk.accounts.tokens import revoke as end

    end(number)
