"""Servers that are no model's, or a strange one's: real sockets on loopback, a thread each."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Answer = Callable[[str, str, dict[str, Any]], tuple[int, Mapping[str, str], bytes]]
"""Method, path and JSON body → status, headers, body."""
REFUSED = {"type": "BadRequestError", "code": 400}


def told(value: Any, status: int = 200) -> tuple[int, Mapping[str, str], bytes]:
    """A JSON answer."""
    return status, {"content-type": "application/json"}, json.dumps(value).encode()


def refusal(message: str, status: int = 400) -> tuple[int, Mapping[str, str], bytes]:
    """An error as vLLM tells it."""
    return told({"error": {"message": message, **REFUSED}}, status)


def completion(text: str, prompt: int = 20, spent: int = 4, reason: str | None = "length", **usage: Any) -> Any:
    """A chat completion; `spent` its tokens."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": reason}
    return {"choices": [choice], "usage": {"prompt_tokens": prompt, "completion_tokens": spent, **usage}}


@contextmanager
def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The address, without a path, of a server that answers so."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            body = json.loads(self.rfile.read(size) or b"{}")
            status, headers, said = answer(self.command, self.path, body)
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(said))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Nothing to standard error."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: object) -> None:
            """A client that breaks off, as a test may."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def speaking(said: bytes) -> Iterator[str]:
    """The address of a server that says one thing, whatever it is told, and closes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with caller:
                    caller.sendall(said)
                    caller.recv(1024)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def closed() -> str:
    """The address of a port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"http://127.0.0.1:{listening.getsockname()[1]}"


def certificate(folder: Path, host: str = "IP:127.0.0.1", days: int = 2) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate that signed itself, and the certificate's file."""
    key, made = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", str(days), "-subj", "/CN=test", "-addext", f"subjectAltName={host}"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return context, made
