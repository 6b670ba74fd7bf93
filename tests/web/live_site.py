"""A tiny site around one province board: page, fragment, assets, signals, under a strict policy.

It stands in for the real server only in what the browser's script needs of it.
"""

import json
import queue
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from services.web.assets.build import BUILT
from services.web.models import Fragment, ProvinceBoard
from services.web.render import Assets, Renderer
from services.web.showcase.province import alert, province_board

POLICY: Final = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class LiveSite:
    """What the site shows, and the levers a test pulls."""

    def __init__(self) -> None:
        self.renderer = Renderer(Assets.load())
        self.board = self._first_board()
        self.connected = threading.Event()
        self.cut = threading.Event()
        self._signals: queue.Queue[tuple[str, str]] = queue.Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def change_overdue(self, number: int) -> None:
        """The figure "Quá hạn" moves, and its signal goes out."""
        figures = tuple(
            replace(figure, number=number) if figure.label == "Quá hạn" else figure
            for figure in self.board.figures
        )
        self.board = replace(self.board, figures=figures)
        self.signal("board")

    def add_alert(self) -> None:
        second = replace(alert(), id="g9", lead="Trụ sở UBND tỉnh")
        self.board = replace(self.board, alerts=(*self.board.alerts, second))
        self.signal("board")

    def signal(self, name: str, clock: str = "14:40:00") -> None:
        self._signals.put((name, json.dumps({"at": f"2025-05-14T{clock}+07:00"})))

    def close(self) -> None:
        self.cut.set()
        self._signals.put(("", ""))
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def _first_board(self) -> ProvinceBoard:
        board = province_board()
        return replace(
            board,
            shell=replace(board.shell, stream="/signals"),
            live=Fragment("/board-fragment", "board"),
        )

    def _stream(self, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b": open\n\n")
        handler.wfile.flush()
        self.connected.set()
        while not self.cut.is_set():
            name, data = self._signals.get()
            if name:
                handler.wfile.write(f"event: {name}\ndata: {data}\n\n".encode())
                handler.wfile.flush()

    def _answer(self, path: str) -> tuple[str, bytes] | None:
        if path == "/":
            return "text/html", self.renderer.page("province_board.html", self.board).encode()
        if path == "/board-fragment":
            return "text/html", self.renderer.page("province/live.html", self.board).encode()
        file = BUILT / path.removeprefix("/static/")
        if path.startswith("/static/") and file.is_file():
            return TYPES[file.suffix], file.read_bytes()
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/signals" and not site.cut.is_set():
                    self._head(200, "text/event-stream")
                    site._stream(self)
                    return
                answer = site._answer(self.path)
                if answer is None:
                    self._head(404, "text/plain")
                    return
                self._head(200, f"{answer[0]}; charset=utf-8")
                self.wfile.write(answer[1])

            def _head(self, status: int, content_type: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Security-Policy", POLICY)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
