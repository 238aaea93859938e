#!/usr/bin/python3
"""A web shop that only sleeps: the server that recorded and live tests run against.

server.py PORT

GET or POST any path.  /slow-now and /calm switch the search to slow and back;
what a path costs is in COST below.  Prints "ready" when it listens.
"""
import random
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Path: (median in ms, spread of the log-normal, share that fails).
COST = {
    "/products": (22, 0.25, 0.0),
    "/product": (34, 0.3, 0.0),
    "/search": (60, 0.35, 0.0),
    "/cart": (14, 0.2, 0.0),
    "/checkout": (120, 0.3, 0.02),
    "/login": (85, 0.15, 0.0),
    "/report": (380, 0.3, 0.0),
}
slow = 1.0


class Shop(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self):
        global slow
        length = int(self.headers.get("Content-Length") or 0)
        if length:
            self.rfile.read(length)
        path = self.path.split("?")[0]
        if path == "/slow-now":
            slow = 4.0
        elif path == "/calm":
            slow = 1.0
        median, spread, fails = COST.get(path, (1, 0.1, 0.0))
        if path == "/search":
            median *= slow
        if path == "/checkout" and slow > 1:
            fails = 0.3
        time.sleep(median / 1000 * random.lognormvariate(0, spread))
        body = b"x" * 64
        self.send_response(503 if random.random() < fails else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", int(sys.argv[1])), Shop)
print("ready", server.server_address[1], flush=True)
server.serve_forever()
