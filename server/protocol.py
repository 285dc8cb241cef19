"""A request as the SPARQL 1.1 Protocol has it: a query or an update, its dataset, and how it was sent."""

from __future__ import annotations

import re
from binascii import a2b_qp
from dataclasses import dataclass
from urllib.parse import unquote_plus

from flask import Request

from server import guard
from server.access import Access
from server.errors import BadParameter, Problem
from server.execution import Dataset

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
# The largest body of a query, in a form with every byte escaped, and some parameters.
_LONGEST = 4 * guard.MAX_BYTES
_QUERY_GRAPHS = ("default-graph-uri", "named-graph-uri")
_UPDATE_GRAPHS = ("using-graph-uri", "using-named-graph-uri")

# A percent sign that begins no escape, or a byte that is not ASCII.
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})|[^\x00-\x7f]")

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client sent: ``operation`` is ``query`` or ``update``, or empty where it sent neither.

    ``timeout`` is in seconds, 0 where it named none.
    """

    operation: str
    text: str
    dataset: Dataset
    format: str
    timeout: float


def read(request: Request, access: Access, body: int, only: str = "") -> Asked:
    """The query or update of a request, whose body may have so many bytes where its token allows updates.

    ``only`` is the one operation that is taken here, if not both are. Raises Problem: 400 for what is given twice, for
    both at once or not in UTF-8, 401 and 403 for an update that the client may not make, 413 for a body that is too
    large, 415 for one of another type.
    """
    parameters = _decoded(request.query_string)
    if request.method == "POST":
        _check_size(request, access, body)
        parameters += _posted(request, access)
    asked = _asked(parameters)
    if asked.operation == "update":
        if request.method != "POST":
            raise BadParameter("update", "更新须用 POST。An update comes by POST.")
        access.require(request, "update")
    if request.method == "POST" and not asked.operation:
        raise BadParameter(only or "query", "没有查询。There is no query and no update in this request.")
    if only and asked.operation not in {"", only}:
        raise BadParameter(asked.operation, f"此处只接受 {only}。Only {only} is taken here.")
    return asked


def read_address(query_string: bytes) -> Asked:
    """The query in an address. Raises Problem 400 like ``read``."""
    return _asked(_decoded(query_string))


def _check_size(request: Request, access: Access, body: int) -> None:
    """Set the most that is read of a body: reading stops there, whatever the client says of its length."""
    trusted = access.scope(request) in {"update", "admin"}
    if request.mimetype == UPDATE and not trusted:
        access.require(request, "update")
    limit = body if trusted else _LONGEST
    request.max_content_length = limit
    if (request.content_length or 0) > limit:
        raise Problem(f"请求太长：最多 {limit} 字节。The body has at most {limit} bytes here.", 413)
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Problem("请求体不可压缩。The body must not be compressed.", 415, headers={"Accept-Encoding": "identity"})


def _posted(request: Request, access: Access) -> Parameters:
    """The parameters in the body of a POST."""
    kind = request.mimetype
    if kind not in {QUERY, UPDATE, FORM}:
        raise Problem(f"请用 {QUERY}、{UPDATE} 或 {FORM}。Send it as one of these types.", 415)
    data = request.get_data()
    if kind == FORM:
        return _decoded(data)
    return [("query" if kind == QUERY else "update", _utf8(request, data))]


def _asked(parameters: Parameters) -> Asked:
    texts = [(name, value) for name, value in parameters if name in {"query", "update"}]
    if len(texts) > 1:
        raise BadParameter(texts[1][0], "每次只能有一个查询或更新。There must be one query or update, not several.")
    operation, text = texts[0] if texts else ("", "")
    names = _UPDATE_GRAPHS if operation == "update" else _QUERY_GRAPHS
    default, named = (tuple(v for n, v in parameters if n == name) for name in names)
    form = next((value for name, value in parameters if name == "format"), "")
    return Asked(operation if text.strip() else "", text.strip(), Dataset(default, named), form, _timeout(parameters))


def _timeout(parameters: Parameters) -> float:
    text = next((value for name, value in parameters if name == "timeout"), "")
    try:
        seconds = float(text or "0")
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1e6:
        raise BadParameter("timeout", "参数 timeout 应为秒数。timeout is a number of seconds.")
    return seconds


def _decoded(data: bytes) -> Parameters:
    pairs = (part.partition(b"=") for part in data.split(b"&") if part)
    try:
        return [(unquoted(name), unquoted(value)) for name, _, value in pairs]
    except ValueError as error:
        raise Problem("请求须用 UTF-8 编码。The request must be percent-encoded UTF-8.") from error


def unquoted(data: bytes) -> str:
    """A name or value of a form as text; what is no escape stands for itself. Raises ValueError for what is not UTF-8,
    or not written in ASCII."""
    if _BROKEN.search(data):
        return unquote_plus(data.decode("ascii"), errors="strict")
    # Quoted-printable marks the same escapes by another sign, and is read without a step of Python for each.
    return a2b_qp(data.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")).decode("utf-8")


def _utf8(request: Request, data: bytes) -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise Problem("查询须为 UTF-8 编码。A query must be UTF-8.", 415)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(f"查询不是 UTF-8。The query is not UTF-8 at byte {error.start}.") from error
