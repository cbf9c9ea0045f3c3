"""A model's server without a model: real HTTP on loopback, its answers by a script.

For tests, for measurements, and for trying the model's path on a machine without a GPU:
`python -m assistant.models.scripted --port 8101`, then COPYDESK_MODEL_URL=http://127.0.0.1:8101/v1.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

from assistant.models.scripted_reply import Reply, Script
from assistant.models.scripted_wire import Request, completion, read_request, response
from assistant.models.scripted_words import answer


class ScriptedEndpoint:
    """Serves `/v1/models` and `/v1/chat/completions` while its `with` block runs; a thread with one event loop.

    `requests` holds every chat request in order of arrival. `url` ends in `/v1`. A script that is a function is
    called on the loop: it must not block.
    """

    def __init__(self, script: Script = answer, *, name: str = "scripted", port: int = 0) -> None:
        self.name = name
        self.requests: list[Request] = []
        self.at_once = 0
        """The most chat requests that were under way at one time."""
        self._script = script
        self._port = port
        self._running = 0
        self._arrived = threading.Condition()
        self._ready = threading.Event()
        self._failed: OSError | None = None

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT/v1`."""
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True, name="scripted")
        self._thread.start()
        self._ready.wait()
        if self._failed is not None:
            raise self._failed
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def release(self) -> None:
        """Let every held reply go, now and from now on."""
        self._loop.call_soon_threadsafe(self._released.set)

    def wait_for(self, requests: int, timeout_s: float = 10.0) -> bool:
        """Whether so many chat requests have arrived; waits up to `timeout_s` seconds."""
        with self._arrived:
            return self._arrived.wait_for(lambda: len(self.requests) >= requests, timeout_s)

    def join(self) -> None:
        """Wait until the server ends."""
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._stop, self._released = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        try:
            server = await asyncio.start_server(self._connected, "127.0.0.1", self._port, backlog=512)
        except OSError as error:
            self._failed = error
            self._ready.set()
            return
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connected(self, stream: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._converse(stream, out))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _converse(self, stream: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        try:
            while (request := await read_request(stream)) is not None:
                reply = await self._answer(request)
                whole = isinstance(reply, bytes) or await self._sent(out, self._body(request, reply), reply)
                if isinstance(reply, bytes):
                    out.write(reply)
                await out.drain()
                if not whole:
                    # Unread bytes would turn a close into a clean end; abort() sends the reset.
                    out.transport.abort()
                    return
        except ConnectionError:
            return
        finally:
            out.close()
            with suppress(ConnectionError):
                await out.wait_closed()

    @staticmethod
    async def _sent(out: asyncio.StreamWriter, said: bytes, reply: Reply) -> bool:
        """Whether the whole answer went out, all at once or byte by byte."""
        if reply.reset:
            return False
        for at in range(len(said)) if reply.drip_s else ():
            out.write(said[at : at + 1])
            await out.drain()
            await asyncio.sleep(reply.drip_s)
        if not reply.drip_s:
            out.write(said[: reply.reset_after])
        return reply.reset_after is None

    async def _answer(self, request: Request) -> bytes | Reply:
        """A ready response, or the reply to a chat request once its time has come."""
        if request.path.endswith("/models"):
            listed = {"object": "list", "data": [{"id": self.name, "object": "model", "owned_by": "scripted"}]}
            return response(200, json.dumps(listed).encode())
        if request.method != "POST" or not request.path.endswith("/chat/completions"):
            return response(404, b'{"error":{"message":"no such path"}}')
        with self._arrived:
            self.requests.append(request)
            reply = self._reply(self._script, len(self.requests), request)
            self._arrived.notify_all()
        self._running += 1
        self.at_once = max(self.at_once, self._running)
        try:
            await asyncio.sleep(reply.delay_s)
            if reply.hold:
                await self._released.wait()
        finally:
            self._running -= 1
        return reply

    @staticmethod
    def _reply(script: Sequence[Reply] | Callable[..., Reply], number: int, request: Request) -> Reply:
        return script(request.body) if callable(script) else script[min(number, len(script)) - 1]

    def _body(self, request: Request, reply: Reply) -> bytes:
        asked = sum(len(str(message.get("content"))) for message in request.body.get("messages", []))
        body = reply.raw
        if body is None:
            body = completion(self.name, reply.text(), reply.finish_reason, asked, reply.cached)
        return response(reply.status, body, reply.headers)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve the default script until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m assistant.models.scripted", description=__doc__)
    parser.add_argument("--port", type=int, default=8101)
    parser.add_argument("--name", default="scripted", help="the served model's name")
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each answer")
    chosen = parser.parse_args(arguments)

    def late(request: dict[str, object]) -> Reply:
        from dataclasses import replace

        return replace(answer(request), delay_s=chosen.delay)

    with ScriptedEndpoint(late, name=chosen.name, port=chosen.port) as endpoint:  # type: ignore[arg-type]
        print(f"{endpoint.url} serves the model {endpoint.name}", flush=True)
        with suppress(KeyboardInterrupt):
            endpoint.join()


if __name__ == "__main__":
    main()
