"""A server that files each request it gets under the operation that was announced last.

`POST /record` with `{sdk, operation, mode}` announces one. The response to everything else is a success without data, so
that an SDK has nothing to stumble over before it has sent its request.
"""

import base64
import collections
import http.server
import json
import threading


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


TOKEN = {"accessToken": part({}) + "." + part({"exp": 4102444800}) + ".x", "iat": 1, "exp": 4102444800}


class Recorder:
    """Serves on a free port of the loopback address while its block runs."""

    def __enter__(self):
        # (sdk, operation, mode): the requests.
        self.requests = collections.defaultdict(list)
        recorder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Without this, headers and body leave in two packets and each response waits for an acknowledgement.
            wbufsize = -1

            def do(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
                answer = json.dumps(recorder.file(self.command, self.path, dict(self.headers), body)).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def file(self, method, url, headers, body):
        if url == "/record":
            announced = json.loads(body)
            self.now = (announced["sdk"], announced["operation"], announced["mode"])
            self.requests[self.now] = []
            return {}
        if url == "/graphql/v2" and "__schema" in body:
            # The Python SDK asks for the schema before each call; without one it does not validate.
            return {"data": None}
        if url == "/graphql/v2" and "accessToken(" in body:
            return {"data": {"accessToken": TOKEN}}
        headers = {name.lower(): value for name, value in headers.items()}
        self.requests[self.now].append({"method": method, "url": url, "headers": headers, "body": body or None})
        return {"code": 200, "message": "", "data": {}}
