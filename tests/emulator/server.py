"""A stand-in for AWS on loopback: moto, mended by `gaps`, with faults and page sizes that a test can set.

    python server.py        # prints "ready http://127.0.0.1:PORT", ends when its standard input is closed

Every region is a world of its own: tests that run side by side take one region each.

  POST /emu/faults     {"region": "eu-west-1", "rules": [{"action": "DescribeVpcs", "code": "UnauthorizedOperation",
                        "status": 403, "message": "...", "times": -1, "after": 0, "latency_ms": 0}]}
                       replaces the rules of that region. action "*" is any; without a code only the latency is added;
                       without a status it is 400; times -1 is always; after = so many calls pass first
  POST /emu/page-cap   {"region": "eu-west-1", "items": 7}
  GET  /emu/calls      {"eu-west-1": {"ec2.DescribeVpcs": 3}}: what was asked, refused calls included
"""
import collections
import io
import json
import logging
import os
import sys
import threading
import time
import urllib.parse
import uuid

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

import gaps

LONGEST_LATENCY_MS = 120_000
QUERY_SERVICES = ("rds", "elasticloadbalancing", "sts", "iam")


class Request:
    """What the tests want to know of a request: service, region, action."""

    def __init__(self, env):
        self.body = env["wsgi.input"].read(int(env.get("CONTENT_LENGTH") or 0))
        env["wsgi.input"] = io.BytesIO(self.body)
        self.path, self.method = env.get("PATH_INFO", ""), env["REQUEST_METHOD"]
        scope = env.get("HTTP_AUTHORIZATION", "").split("/")
        self.region, self.service = (scope[2], scope[3]) if len(scope) > 4 else ("", "")
        self.action = self.find_action(env)

    def find_action(self, env):
        if self.service == "lambda" and self.method == "GET" and self.path.rstrip("/").endswith("/functions"):
            return "ListFunctions"
        if self.service == "lambda" and self.path.endswith("/configuration"):
            return "GetFunctionConfiguration"
        if self.service == "elasticfilesystem" and self.path.endswith("/file-systems"):
            return "DescribeFileSystems"
        form = urllib.parse.parse_qs(self.body.decode("utf-8", "replace"))
        named = form.get("Action") or [env.get("HTTP_X_AMZ_TARGET", "").split(".")[-1]]
        return named[0] or f"{self.method} {self.path}"


class Emulator:
    """moto behind a door where calls are counted and faults happen."""

    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.rules, self.calls = {}, collections.defaultdict(collections.Counter)
        self.lock = threading.Lock()

    def __call__(self, env, start):
        request = Request(env)
        if request.path.startswith("/emu/"):
            return answer_json(start, self.control(request))
        fault = self.count(request)
        if fault:
            time.sleep(min(fault.get("latency_ms", 0), LONGEST_LATENCY_MS) / 1000)
            if fault.get("code"):
                return answer_error(start, request.service, fault)
        if request.action == "ListFunctions":
            return self.list_functions(env, start, request.region)
        return self.moto(env, start)

    def count(self, request):
        """Notes the call; the fault that is due, if any."""
        with self.lock:
            self.calls[request.region][f"{request.service}.{request.action}"] += 1
            for rule in self.rules.get(request.region, []):
                if rule["action"] not in ("*", request.action) or rule.get("times", -1) == 0:
                    continue
                if rule.get("after", 0) > 0:
                    rule["after"] -= 1
                    continue
                rule["times"] = max(rule.get("times", -1) - 1, -1)
                return dict(rule)

    def control(self, request):
        with self.lock:
            if request.path == "/emu/faults":
                wanted = json.loads(request.body)
                self.rules[wanted["region"]] = wanted["rules"]
            elif request.path == "/emu/page-cap":
                wanted = json.loads(request.body)
                gaps.PAGE_CAPS[wanted["region"]] = wanted["items"]
            return self.calls

    def list_functions(self, env, start, region):
        """moto has no pages here."""
        query = urllib.parse.parse_qs(env.get("QUERY_STRING", ""))
        got = {}
        raw = b"".join(self.moto(env, lambda status, headers, _=None: got.update(status=status, headers=headers)))
        if not got["status"].startswith("200"):
            start(got["status"], got["headers"])
            return [raw]
        first = int(query.get("Marker", ["0"])[0])
        size = min(int(query.get("MaxItems", ["50"])[0]), 50, gaps.PAGE_CAPS.get(region, 50))
        functions = json.loads(raw)["Functions"]
        page = {"Functions": functions[first:first + size]}
        if first + size < len(functions):
            page["NextMarker"] = str(first + size)
        return answer_json(start, page)


def answer_json(start, value):
    return answer(start, "200 OK", "application/json", json.dumps(value))


def answer_error(start, service, fault):
    """The error as this service writes it."""
    code, request_id = fault["code"], str(uuid.uuid4())
    message, status = fault.get("message", code), f"{fault.get('status', 400)} Fault"
    error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    if service == "ec2":
        body = f"<Response><Errors>{error}</Errors><RequestID>{request_id}</RequestID></Response>"
    elif service in QUERY_SERVICES:
        body = f"<ErrorResponse>{error}<RequestId>{request_id}</RequestId></ErrorResponse>"
    else:
        body = json.dumps({"Type": "User", "Message": message})
        return answer(start, status, "application/json", body, [("x-amzn-ErrorType", code)])
    return answer(start, status, "text/xml", body)


def answer(start, status, kind, text, headers=()):
    raw = text.encode()
    start(status, [("Content-Type", kind), ("Content-Length", str(len(raw))), *headers])
    return [raw]


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    threading.Thread(target=end_with_parent, daemon=True).start()
    server = make_server("127.0.0.1", 0, Emulator(), threaded=True)
    print(f"ready http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
