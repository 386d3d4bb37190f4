"""Fetching from the web, politely: robots.txt, pauses, conditional requests, no way into private networks."""

from __future__ import annotations

import http.client
import logging
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from detente import __version__
from detente.records import DetenteError
from detente.sources.address import is_public

_log = logging.getLogger(__name__)
AGENT = f"Detente/{__version__} (news reader; reads feeds and the pages they name)"
LARGEST = 16 * 1024 * 1024  # bytes of one answer, unpacked
_HOPS = 5
_MOVED = {301, 302, 303, 307, 308}
_ENCODED = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class FetchError(DetenteError):
    """An address that gave no answer, or must not be asked; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: `url` is where it came from in the end, `moved` a new address to ask from now on."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""
    moved: str | None = None


class _Plain(http.client.HTTPConnection):
    """Connects to the address that was looked at, so that a name cannot change its meaning in between."""

    private = False

    def connect(self) -> None:
        self.sock = _connect(self.host, self.port, self.timeout or 20, self.private)


class _Secure(http.client.HTTPSConnection):
    private = False

    def connect(self) -> None:
        plain = _connect(self.host, self.port, self.timeout or 20, self.private)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


def _connect(host: str, port: int, timeout: float, private: bool) -> socket.socket:
    last: OSError | None = None
    for family, kind, protocol, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not private and not is_public(str(place[0])):
            raise FetchError(
                f"{host} is an address of a private network ({place[0]}): --allow-private asks it all the same"
            )
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(timeout)
            made.connect(place)
            return made
        except OSError as error:
            made.close()
            last = error
    raise last or OSError(f"{host} has no address")


class Fetcher:
    """Asks servers, one request after another, with a pause between two to the same host."""

    def __init__(self, *, pause: float = 1.0, timeout: float = 20, allow_private: bool = False,
                 sleep: Callable[[float], None] = time.sleep) -> None:  # fmt: skip
        self.pause, self.timeout, self.allow_private, self.sleep = pause, timeout, allow_private, sleep
        self._last: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Answer:
        """Ask for an address, following at most 5 redirections; FetchError where it may not be asked or fails."""
        asked, moved, permanent = url, None, True
        headers = {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        for _ in range(_HOPS + 1):
            self._allowed(asked)
            answer = self._ask(asked, headers)
            target = answer.headers.get("location")
            if answer.status not in _MOVED or not target:
                return Answer(asked, answer.status, answer.headers, answer.body, moved)
            asked = urljoin(asked, target)
            permanent = permanent and answer.status in (301, 308)
            moved = asked if permanent else None
        raise FetchError(f"{url} is redirected more than {_HOPS} times")

    def _allowed(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FetchError(f"{url} is no address of the web")
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._rules(site)
        if not self._robots[site].can_fetch(AGENT, url):
            raise FetchError(f"{url} is closed to programs (robots.txt of {parts.netloc})")

    def _rules(self, site: str) -> RobotFileParser:
        """A site's robots.txt after RFC 9309: none (4xx) allows all, an unreachable one (5xx) allows nothing."""
        rules, asked = RobotFileParser(), f"{site}/robots.txt"
        for _ in range(_HOPS):
            answer = self._ask(asked, {})
            if answer.status not in _MOVED or "location" not in answer.headers:
                break
            asked = urljoin(asked, answer.headers["location"])
        if answer.status == 200:
            rules.parse(answer.body.decode("utf-8", "replace").splitlines())
        elif answer.status >= 500:
            raise FetchError(f"{site}/robots.txt cannot be read ({answer.status}), so nothing is asked of it")
        else:
            rules.parse([])
        return rules

    def _ask(self, url: str, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(url)
        host = parts.hostname or ""
        wait = self._last.get(host, float("-inf")) + self.pause - time.monotonic()
        if wait > 0:
            self.sleep(wait)
        try:
            kind, usual = (_Secure, 443) if parts.scheme == "https" else (_Plain, 80)
            connection = kind(host, parts.port or usual, timeout=self.timeout)  # a bare IPv6 host needs its port said
            connection.private = self.allow_private
            try:
                answer = self._exchange(connection, url, headers)
                _log.debug("%s answered %d, %d bytes", url, answer.status, len(answer.body))
                return answer
            finally:
                connection.close()
                self._last[host] = time.monotonic()
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            raise FetchError(f"{url}: {error or type(error).__name__}") from error

    def _exchange(self, connection: http.client.HTTPConnection, url: str, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        given = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "*/*", **headers}
        connection.request("GET", target, headers=given)
        response = connection.getresponse()
        body = response.read(LARGEST + 1)
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(url, response.status, names, _unpacked(body, names.get("content-encoding", "")))


def _unpacked(body: bytes, encoding: str) -> bytes:
    bits = _ENCODED.get(encoding.strip().lower())
    if bits is not None:
        body = zlib.decompressobj(bits).decompress(body, LARGEST + 1)
    if len(body) > LARGEST:
        raise ValueError(f"larger than {LARGEST // 2**20} MB")
    return body
