"""Who may change the graph: bearer tokens, kept as digests, each with what it allows."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Request

from kg.errors import KgError
from server.errors import Problem

# What a token may allow; each allows what stands before it too. Nothing that is served asks for more than update so
# far: admin is for those who look after the tokens.
SCOPES = ("read", "update", "admin")
_SHORTEST = 8
_LINE = re.compile(r"(?:(?P<scope>read|update|admin)[ \t]+)?(?P<token>\S+)")
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")
_CHALLENGE = 'Bearer realm="cluster-kg"'
_OFF = "此服务只读，不接受更新。This service is read-only: updates are refused."


@dataclass(frozen=True, slots=True)
class Token:
    """The digest of a token, and the highest scope that it allows."""

    digest: bytes
    scope: str


class Access:
    """The tokens of a service; none makes it read-only for all."""

    def __init__(self, tokens: Iterable[Token] = ()) -> None:
        self._tokens = tuple(tokens)

    @property
    def open(self) -> bool:
        """Whether anybody may change anything."""
        return bool(self._tokens)

    def scope(self, request: Request) -> str:
        """What the token of a request allows; empty where there is none that is known."""
        kind, _, sent = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return ""
        digest = hashlib.sha256(sent.strip().encode("utf-8", "surrogateescape")).digest()
        # Every token is compared, so that the time taken tells nothing of which one is near.
        found = [token.scope for token in self._tokens if hmac.compare_digest(token.digest, digest)]
        return max(found, key=SCOPES.index, default="")

    def require(self, request: Request, scope: str) -> None:
        """Let pass what this scope allows.

        Raises Problem: 403 where the service is read-only or the token allows less, 401 where there is no known token.
        """
        if not self._tokens:
            raise Problem(_OFF, 403)
        found = self.scope(request)
        if not found:
            headers = {"WWW-Authenticate": _CHALLENGE}
            if request.headers.get("Authorization"):
                headers["WWW-Authenticate"] += ', error="invalid_token"'
            detail = "需要令牌。This needs a token: Authorization: Bearer …"
            raise Problem(detail, 401, headers=headers)
        if SCOPES.index(found) < SCOPES.index(scope):
            detail = f"令牌无此权限。This token allows {found}, and this needs {scope}."
            challenge = f'{_CHALLENGE}, error="insufficient_scope", scope="{scope}"'
            raise Problem(detail, 403, headers={"WWW-Authenticate": challenge})


def token_of(text: str, scope: str = "update") -> Token:
    """A token from the words of a setting: the token itself, or ``sha256:`` and its digest in hexadecimal.

    Raises KgError where it is too short to be secret.
    """
    digest = _DIGEST.fullmatch(text)
    if digest:
        return Token(bytes.fromhex(digest[1]), scope)
    if len(text) < _SHORTEST:
        raise KgError(f"A token has at least {_SHORTEST} characters.")
    return Token(hashlib.sha256(text.encode()).digest(), scope)


def read_tokens(path: Path) -> list[Token]:
    """The tokens of a file: one a line, perhaps after its scope; ``#`` begins a remark.

    Raises KgError where the file can't be read or holds none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"The file of tokens {path} can't be read: {error}.") from error
    found = []
    for number, line in enumerate(lines, 1):
        words = line.split("#")[0].strip()
        match = _LINE.fullmatch(words)
        if words and match is None:
            raise KgError(f"Line {number} of {path} is no token: write one a line, perhaps after its scope.")
        if match:
            found.append(token_of(match["token"], match["scope"] or "update"))
    if not found:
        raise KgError(f"The file {path} holds no token.")
    return found
