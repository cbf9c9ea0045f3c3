"""What an HTTP status or a broken connection says about a model's server, and the mend. Heavy: import where used."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator

import httpx2

from assistant.errors import ModelAnswer, ModelError, ModelUnavailable

_REFUSED = frozenset({400, 413, 422})
_MOVED, _REQUEST, _TOO_MANY, _SERVERS_OWN = 300, 400, 429, 500
_READ = 400
"""Characters of a refusal that are looked at: what stands further on may be the prompt itself."""
_LENGTH = re.compile(
    r"context (?:length|window|size)|too long|max_model_len|reduce the length|exceed.{0,40}token", re.I
)
_SCHEMA = re.compile(r"schema|grammar|response_format|structured|guided", re.I)
_FIELD = re.compile(r"unrecogni[sz]ed|not permitted|unexpected|unknown|chat_template_kwargs", re.I)
_BROKEN = (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError)
_WHY_REFUSED = (
    (_LENGTH, "the prompt is too long", "Serve it with a longer context (--max-model-len)."),
    (_SCHEMA, "it does not take the JSON Schema", "Start vLLM with the backend guidance, as docs/serving.md has it."),
    (_FIELD, "it does not know a field of the request", "`copydesk model probe` says which."),
)
_CERTIFICATE = {
    10: ("has expired", "Renew it."),
    62: ("is made out to another host", "Write that host into COPYDESK_MODEL_URL, or have it made out to this one."),
    64: ("is made out to another host", "Write that host into COPYDESK_MODEL_URL, or have it made out to this one."),
}
"""By OpenSSL's X509_V_ERR codes."""


def of_status(status: int, said: str = "") -> ModelError:
    """The error of an answer that is none. `said`, the server's own words, is looked at and never quoted: it may repeat
    the prompt or the key."""
    if status in _REFUSED:
        what = f"The model's server refused the request (HTTP {status})"
        for words, why, mend in _WHY_REFUSED:
            if words.search(said[:_READ]):
                return ModelAnswer(f"{what}: {why}.", mend, fault="rejected")
        mend = "The prompt may be too long, or the schema not be taken: `copydesk model probe` tells."
        return ModelAnswer(f"{what}.", mend, fault="rejected")
    mend = {
        401: "Check COPYDESK_MODEL_KEY.",
        403: "Check COPYDESK_MODEL_KEY.",
        404: "Check COPYDESK_MODEL_URL and COPYDESK_MODEL_NAME.",
        429: "Lower COPYDESK_MODEL_CONCURRENCY, or raise the limit of what stands before the server.",
    }.get(status, "See its log." if status >= _SERVERS_OWN else "")
    if _MOVED <= status < _REQUEST:
        mend = "The desk follows no redirect: set COPYDESK_MODEL_URL to where it leads."
    fault = "busy" if status == _TOO_MANY else "down" if status >= _SERVERS_OWN else "denied"
    return ModelUnavailable(f"The model's server answered HTTP {status}.", mend, fault=fault)


def of_connection(error: BaseException) -> ModelError:
    """The error of a call to which no answer came; what it was lies in the chain of its causes."""
    chain = list(behind(error))
    kinds = tuple(type(one) for one in chain)
    if untrusted(error):
        return _uncertain(next((one for one in chain if isinstance(one, ssl.SSLCertVerificationError)), None))
    if any(issubclass(kind, httpx2.TimeoutException | TimeoutError) for kind in kinds):
        return ModelUnavailable("The model did not answer in time.", "See its log and its load.", fault="late")
    what, mend = "The model cannot be reached", "See that its server runs and that COPYDESK_MODEL_URL is right."
    if any(issubclass(kind, ssl.SSLError) for kind in kinds):
        what, mend = f"{what}: its server speaks no TLS", "Write http:// in COPYDESK_MODEL_URL, or give the server TLS."
    elif any(issubclass(kind, socket.gaierror) for kind in kinds):
        what, mend = f"{what}: nobody knows its host's name", "Check the host in COPYDESK_MODEL_URL."
    elif any(issubclass(kind, ConnectionRefusedError) for kind in kinds):
        what, mend = f"{what}: nobody listens there", "Start its server; check host and port in COPYDESK_MODEL_URL."
    elif any(issubclass(kind, _BROKEN) for kind in kinds):
        what = f"{what}: its server broke off, or speaks no HTTP"
        mend = "See its log; if it speaks TLS, write https:// in COPYDESK_MODEL_URL."
    return ModelUnavailable(f"{what}.", mend, fault="refused")


def too_large() -> ModelAnswer:
    """The answer's body was refused."""
    return ModelAnswer("The model's answer was refused: its body is too large.", fault="too_large")


def _uncertain(error: ssl.SSLCertVerificationError | None) -> ModelError:
    mend = "Give the server a certificate that this machine trusts, or its authority's with SSL_CERT_FILE."
    why, mend = _CERTIFICATE.get(error.verify_code if error else 0, ("is not trusted", mend))
    return ModelUnavailable(f"The model's server showed a certificate that {why}.", mend, fault="refused")


def untrusted(error: BaseException) -> bool:
    """Whether the server's certificate was the reason."""
    return any("CERTIFICATE_VERIFY_FAILED" in str(one) for one in behind(error))


def behind(error: BaseException | None) -> Iterator[BaseException]:
    """The error and its causes: each client wraps it once more, and a host of several addresses fails several times."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from behind(one)
        error = error.__cause__ or error.__context__
