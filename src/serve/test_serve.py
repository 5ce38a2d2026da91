#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""test_serve.py PROGRAM DEMO_PAGES OPENAPI - the real server on a free port: its answers against openapi.json, paging, conditions,
tokens, bounds, events, hostile articles, a generator over the description, and kill -9 amid `add`. Prints "ok" or "not ok" a case.

DOSSIER_REQUESTS (1500) random requests, DOSSIER_KILLS (3) kills, DOSSIER_SLOW: a slow body and slow taking too, two minutes; script/serve-test."""
import base64
import gzip
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import xml.dom.minidom

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
from openapi_check import Description, Generator  # noqa: E402

PROGRAM, DEMO, OPENAPI = [os.path.abspath(a) for a in sys.argv[1:4]]
TOKEN = "tomato-0123456789-tomato"
WORK = tempfile.mkdtemp(prefix="dossier-serve-")
failed = 0


def report(name, faults):
    global failed
    faults = [faults] if isinstance(faults, str) else list(faults or [])
    print("%s - %s" % ("not ok" if faults else "ok", name), flush=True)
    for f in faults[:8]:
        print("#   %s" % f, flush=True)
    failed += bool(faults)


def expect(name, got, want):
    report(name, [] if got == want else ["%.200r, not %.200r" % (got, want)])


def run(*args, check=True):
    r = subprocess.run([PROGRAM, *args], capture_output=True, text=True, cwd=WORK)
    if check and r.returncode != 0:
        raise SystemExit("dossier %s: %d %s" % (args, r.returncode, r.stderr))
    return r


class Server:
    def __init__(self, db, *options):
        self.log = open(os.path.join(WORK, "log"), "w+")
        self.p = subprocess.Popen([PROGRAM, "--db", db, "serve", "--listen", "127.0.0.1:0", *options], stderr=self.log, cwd=WORK)
        self.port = self.await_port()

    def await_port(self):
        for _ in range(400):
            m = re.search(r"http://127\.0\.0\.1:(\d+)/", self.text())
            if m:
                return int(m.group(1))
            if self.p.poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit("the server did not start: " + self.text())

    def text(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as f:
            return f.read()

    def ask(self, target, method="GET", body=None, **headers):
        """status, headers (lower case), body"""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            c.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
            for k, v in headers.items():
                c.putheader(k.replace("_", "-"), v)
            if body is not None:
                c.putheader("Content-Length", str(len(body)))
            c.endheaders(body)
            r = c.getresponse()
            return r.status, {k.lower(): v for k, v in r.getheaders()}, r.read()
        finally:
            c.close()

    def json(self, target):
        status, _, body = self.ask(target)
        assert status == 200, (target, status, body)
        return json.loads(body)

    def raw(self, data, wait=5):
        """Bytes as they are; all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as s:
            s.sendall(data)
            out = b""
            try:
                while True:
                    got = s.recv(65536)
                    if not got:
                        return out
                    out += got
            except (TimeoutError, ConnectionResetError):
                return out

    def stop(self, sig=signal.SIGTERM):
        self.p.send_signal(sig)
        try:
            return self.p.wait(20)
        except subprocess.TimeoutExpired:
            self.p.kill()
            return "had to be killed"


class Events(threading.Thread):
    def __init__(self, server, target="/api/v1/events", **headers):
        super().__init__(daemon=True)
        self.got = []
        self.c = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.c.request("GET", target, headers=headers)
        self.r = self.c.getresponse()
        self.start()

    def run(self):
        event, ident = None, None
        try:
            for line in self.r:
                line = line.decode().rstrip("\n")
                key, _, value = line.partition(": ")
                if key == "id":
                    ident = value
                elif key == "event":
                    event = value
                elif key == "data":
                    self.got.append((event, json.loads(value), ident))
        except (OSError, ValueError, AttributeError):
            pass

    def await_one(self, kind, seconds=15):
        for _ in range(seconds * 20):
            found = [e for e in self.got if e[0] == kind]
            if found:
                return found
            time.sleep(0.05)
        return []

    def close(self):
        self.c.sock and self.c.sock.shutdown(socket.SHUT_RDWR)


def codes():
    """Codes of errors in the source."""
    found, here = set(), os.path.dirname(os.path.abspath(__file__))
    for name in os.listdir(here):
        if name.endswith(".c") and not name.startswith(("test_", "fuzz_")):
            with open(os.path.join(here, name), encoding="utf-8") as f:
                found |= set(re.findall(r'(?:refuse|sv_fail|sv_answer_error)\(\w+, (?:\d{3}, )"([a-z_]+)"', re.sub(r"\s+", " ", f.read())))
    return found


# ---- the description holds ------------------------------------------------------------------------------------------

def every_part(d):
    """The parts of a story that the description names: "Comma list of key_points, ..., claims; left out: all."."""
    params = d.doc["paths"]["/api/v1/stories/{id}"]["get"]["parameters"]
    said = next(p["description"] for p in params if p.get("name") == "parts")
    return ",".join(re.findall(r"[a-z_]+", re.sub(r"\([^)]*\)", "", said.split(" of ", 1)[1].split(";")[0])))


def contract(s, d):
    report("everything is described, and examples hold", d.undescribed())
    expect("codes of errors are those that the server has", sorted(d.schemas["Error"]["properties"]["error"]["properties"]["code"]["enum"]), sorted(codes()))
    doc = urllib.parse.quote(s.json("/api/v1/stories/1/sources")["sources"][0]["doc"])
    targets = ["/api/v1/stories", "/api/v1/stories?limit=1", "/api/v1/stories?order=id&limit=2", "/api/v1/stories?state=disagree",
               "/api/v1/stories?measure=killed&flagged=true&min_pages=2", "/api/v1/stories?from=2024-10-21&to=2024-10-21",
               "/api/v1/articles/" + doc, "/api/v1/articles/1:B", "/api/v1/search?q=dam", "/api/v1/search?q=dam&order=newest&limit=3",
               "/api/v1/search?q=measure:killed", "/feeds/stories.json", "/feeds/stories.atom", "/health", "/metrics",
               "/api/openapi.json"]
    for i in range(1, 4):
        base = "/api/v1/stories/%d" % i
        targets += [base, base + "?parts=key_points,holders", base + "?parts=" + every_part(d), base + "?rule=latest", base + "/questions", base + "/questions?measure=killed",
                    base + "/claims", base + "/claims?limit=2", base + "/claims?page=A&flagged=true", base + "/claims?format=csv",
                    base + "/claims?format=jsonl", base + "/timeline", base + "/timeline?format=tsv", base + "/sources", base + "/similar",
                    "/api/v1/articles/%d:A" % i, "/feeds/stories/%d.json" % i, "/feeds/stories/%d.atom" % i]
    for t in targets:
        status, headers, body = s.ask(t)
        op = d.operation(t.split("?")[0], "get")
        faults = d.answer_faults(op, status, headers.get("content-type", ""), body)
        report("as described: " + t.replace(doc, "DOC"), faults + ([] if status == 200 else ["status %d" % status]))
    expect("a story that is not there is named", json.loads(s.ask("/api/v1/stories/99")[2])["error"]["message"], "no story 99")
    for t, want in [("/api/v1/stories/99", 404), ("/api/v1/articles/9:Z", 404), ("/api/v1/articles/nothing", 404), ("/api/v1/nothing", 404),
                    ("/api/v1/stories?limit=0", 400), ("/api/v1/stories?limit=201", 400), ("/api/v1/stories?colour=red", 400),
                    ("/api/v1/stories?limit=1&limit=2", 400), ("/api/v1/stories?cursor=x", 400), ("/api/v1/search", 400),
                    ("/api/v1/search?q=-a", 400), ("/api/v1/search?q=%22%22", 400), ("/api/v1/search?q=a&cursor=n1", 400),
                    ("/api/v1/stories/1?parts=key_points,,", 400), ("/api/v1/stories/0", 404), ("/api/v1/stories/1/", 404)]:
        status, headers, body = s.ask(t)
        faults = d.faults(d.schemas["Error"], json.loads(body))
        report("refused as described: " + t, faults + ([] if status == want else ["status %d, not %d" % (status, want)]))


def same_as_command(s, db):
    for what, target in [("show", "/api/v1/stories/1"), ("questions", "/api/v1/stories/1/questions"), ("claims", "/api/v1/stories/1/claims"),
                         ("timeline", "/api/v1/stories/1/timeline"), ("sources", "/api/v1/stories/1/sources")]:
        said = json.loads(run("--db", db, what, "1", "--format", "json").stdout)
        got = s.json(target)
        expect("API and command line say the same: " + what, got if what == "show" else got[what], said)
    said = json.loads(run("--db", db, "search", "dam", "killed", "--format", "json").stdout)
    expect("API and command line say the same: search", s.json("/api/v1/search?q=dam+killed"), said)


def paging(s):
    for order in ("published", "id"):
        whole = [x["story"] for x in s.json("/api/v1/stories?order=" + order)["stories"]]
        got, cursor = [], ""
        while cursor is not None:
            page = s.json("/api/v1/stories?limit=1&order=%s%s" % (order, "&cursor=" + cursor if cursor else ""))
            got += [x["story"] for x in page["stories"]]
            cursor = page["next"]
        expect("paging through stories by " + order, got, whole)
    whole = s.json("/api/v1/stories/1/claims")["claims"]
    got, cursor = [], ""
    while cursor is not None:
        page = s.json("/api/v1/stories/1/claims?limit=50" + ("&cursor=" + cursor if cursor else ""))
        got += page["claims"]
        cursor = page["next"]
    expect("paging through claims", got, whole)
    for order in ("rank", "newest"):
        whole = [h["doc"] for h in s.json("/api/v1/search?q=dam&limit=100&order=" + order)["hits"]]
        got, cursor = [], ""
        while cursor is not None:
            page = s.json("/api/v1/search?q=dam&limit=2&order=%s%s" % (order, "&cursor=" + cursor if cursor else ""))
            got += [h["doc"] for h in page["hits"]]
            cursor = page["next"]
        expect("paging through hits by " + order, got, whole)


def conditions(s):
    t = "/api/v1/stories/1"
    status, headers, body = s.ask(t)
    etag = headers["etag"]
    expect("the ETag says that encodings are one answer", (etag[:3], s.ask(t, Accept_Encoding="gzip")[1]["etag"]), ('W/"', etag))
    expect("304 for the same ETag", s.ask(t, If_None_Match=etag)[0], 304)
    expect("304 among several", s.ask(t, If_None_Match='"x", %s' % etag)[0], 304)
    expect("304 for it as a strong one", s.ask(t, If_None_Match=etag[2:])[0], 304)
    expect("200 for another ETag", s.ask(t, If_None_Match='"0123"')[0], 200)
    status, zipped, small = s.ask(t, Accept_Encoding="br, gzip")
    expect("gzip when asked for", (zipped.get("content-encoding"), gzip.decompress(small) == body), ("gzip", True))
    expect("its ETag gives 304 too", s.ask(t, If_None_Match=zipped["etag"], Accept_Encoding="gzip")[0], 304)
    expect("no gzip against the client's will", s.ask(t, Accept_Encoding="gzip;q=0")[1].get("content-encoding"), None)
    status, head, nothing = s.ask(t, "HEAD")
    expect("HEAD is GET without the body", (status, head["content-length"], nothing), (200, str(len(body)), b""))
    want = {"x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer"}
    for t in ("/", "/api/v1/stories", "/api/v1/nothing", "/stories/1", "/feeds/stories.atom", "/health"):
        headers = s.ask(t)[1]
        policy = headers.get("content-security-policy", "")
        expect("safe headers on " + t, ({k: headers.get(k) for k in want}, "default-src 'none'" in policy,
                                        "frame-ancestors 'none'" in policy, "unsafe" in policy, "access-control-allow-origin" in headers),
               (want, True, True, False, False))


# ---- who may, and how much ---------------------------------------------------------------------------------------------

def bounds(s):
    page = s.ask("/")[2] # where pages are built in, any path that is none of the server's own gets this one
    for t in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd", "/assets/..%2f..%2fetc/passwd",
              "/assets//etc/passwd", "/..%5c..%5cetc/passwd", "/assets/%00/etc/passwd", "/feeds/../../../etc/passwd"):
        status, _, body = s.ask(t)
        report("path traversal: " + t, [] if (status in (400, 404) or body == page) and b"root:" not in body else ["%d %.80r" % (status, body)])
    got = s.raw(b"GET /api/v1/stories/1%0d%0aX-Evil:%20yes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    report("header injection through the path", [] if b" 400 " in got.split(b"\r\n")[0] and b"\nX-Evil" not in got else [repr(got[:200])])
    got = s.raw(b"GET /api/v1/search?q=a%0d%0aSet-Cookie:x=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    report("header injection through the query", [] if b" 400 " in got.split(b"\r\n")[0] and b"Set-Cookie" not in got else [repr(got[:200])])
    expect("a target that is too long", s.ask("/api/v1/search?q=" + "a" * 5000)[0], 414)
    got = s.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 70000 + b"\r\n\r\n")
    report("headers that are too long", [] if not got or b" 431 " in got or b" 413 " in got or b" 414 " in got else [repr(got[:80])])
    for target in (b"http://evil.example/", b"*", b"//evil.example/x", b"nothing"):
        got = s.raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").split(b"\r\n")[0]
        report("a target like %s" % target.decode(), [] if not got or re.search(rb" (400|404|200) ", got) else [repr(got)])
    for junk in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"\r\n" * 100, b"GET / HTTP/9.9\r\n\r\n", bytes(range(256)) * 8,
                 b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n", b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"):
        s.raw(junk, wait=1)
    for n in (17, 300, 2000):
        began = time.time()
        got = s.raw(b"GET /api/v1/stories?" + b"a&" * n + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", wait=10)
        report("%d parameters are refused, or the connection ends" % n, [] if time.time() - began < 5 and (not got or b" 400 " in got.split(b"\r\n")[0]) else [repr(got[:80])])
    expect("alive after bytes that are no HTTP", s.ask("/health")[0], 200)
    head = b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer " + TOKEN.encode() + b"\r\n"
    for name, data in [("no Host", b"GET /health HTTP/1.1\r\n\r\n"), ("two hosts", b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"),
                       ("two lengths", head + b"Content-Length: 2\r\nContent-Length: 40\r\n\r\n[]"),
                       ("a length and chunks", head + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                       ("another coding", head + b"Transfer-Encoding: gzip\r\n\r\n[]")]:
        got = s.raw(data + b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" if b"Length" in data else data, wait=1)
        report("a request with %s is refused whole" % name, [] if b" 400 " in got.split(b"\r\n")[0] and b"dossier_http" not in got else [repr(got[:200])])
    s.raw(b"G\x1b[2J\"\\ / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    for host, want in [("localhost", 200), ("127.0.0.1:1", 200), ("[::1]:80", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421)]:
        expect("Host: " + host, s.ask("/api/v1/stories", Host=host)[0], want)
    for method in ("PUT", "DELETE", "POST", "OPTIONS", "TRACE"):
        status, headers, _ = s.ask("/api/v1/stories", method, body=b"")
        expect("%s is refused" % method, status in (401, 403, 405) if method == "POST" else status, True if method == "POST" else 405)


def slow(s, results):
    """Headers and a body that never end; runs beside the other tests."""
    def one(name, start, more):
        began = time.time()
        try:
            with socket.create_connection(("127.0.0.1", s.port), timeout=90) as c:
                c.sendall(start)
                while time.time() - began < 85:
                    c.sendall(more)
                    time.sleep(1)
                    c.setblocking(False)
                    try:
                        if c.recv(1) == b"":
                            break
                    except BlockingIOError:
                        pass
                    c.setblocking(True)
        except OSError:
            pass
        results[name] = time.time() - began

    kinds = [("headers", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ", b"a")]
    if os.environ.get("DOSSIER_SLOW"):
        kinds.append(("body", b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                      TOKEN.encode() + b"\r\nContent-Length: 100000\r\n\r\n", b" "))
    for name, start, more in kinds:
        t = threading.Thread(target=one, args=(name, start, more), daemon=True)
        t.start()
        results.setdefault("threads", []).append(t)


def tokens(db, s):
    article = json.dumps({"id": "t1", "title": "A title", "text": "Police in Osterby said that 3 people were killed.", "url": "https://osterby.example/t1"}).encode()
    good = {"Authorization": "Bearer " + TOKEN, "Content_Type": "application/json"}

    def post(body=article, **headers):
        return s.ask("/api/v1/articles", "POST", body, **headers)
    basic = "Basic " + base64.b64encode(("x:" + TOKEN).encode()).decode()
    for name, auth in [("no token", None), ("a wrong token", "Bearer tomato"), ("the token cut", "Bearer " + TOKEN[:-1]), ("and more", "Bearer " + TOKEN + "x"),
                       ("another case", "Bearer " + TOKEN.upper()), ("no scheme", TOKEN), ("Basic", basic), ("empty", "Bearer ")]:
        headers = {"Content_Type": "application/json"}
        if auth:
            headers["Authorization"] = auth
        status, h, _ = post(**headers)
        expect("POST with %s" % name, (status, "bearer" in h.get("www-authenticate", "").lower()), (401, True))
    expect("POST of no JSON", post(b"{nonsense", **good)[0], 400)
    expect("POST of what is compressed", post(gzip.compress(article), **good, Content_Encoding="gzip")[0], 415)
    for name, many in [("an article", b'{"id":"x","text":"x","more":[' + b"{}," * 100000 + b"{}]}"), ("a list", b"[" + b"[]," * 100000 + b"[]]")]:
        expect("POST of %s of too many values" % name, post(many, **good)[0], 413)
    expect("POST of a line of too many values", post(b'{"id":"x","text":"x","more":[' + b"{}," * 100000 + b"{}]}", **{**good, "Content_Type": "application/x-ndjson"})[0], 413)
    expect("commas in texts are no values", post(json.dumps({"id": "commas", "text": '\\",' * 200000})[:-1].encode() + b',"x":{}', **good)[0], 400)
    expect("POST of no article", post(b'{"id":"x"}', **good)[0], 400)
    expect("POST of an article without id", post(b'{"text":"x"}', **good)[0], 400)
    expect("POST of nothing", post(b"[]", **good)[0], 400)
    expect("POST of another type", post(**{**good, "Content_Type": "text/plain"})[0], 415)
    expect("POST of what is no UTF-8", post(b'{"id":"a","text":"\xff"}', **good)[0], 400)
    expect("POST of deep JSON", post(b"[" * 100000, **good)[0], 400)
    expect("POST of too many", post(json.dumps([{"id": str(i), "text": "x"} for i in range(1001)]).encode(), **good)[0], 413)
    got = s.raw(b"POST /api/v1/articles HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN.encode() +
                b"\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n")
    report("POST of too much is refused before it comes", [] if b" 413 " in got.split(b"\r\n")[0] else [repr(got[:100])])
    status, _, body = post(**good)
    expect("POST", (status, json.loads(body)), (202, {"accepted": 1, "known": 0, "waiting": 1}))
    expect("POST again", json.loads(post(**good)[2]), {"accepted": 1, "known": 1, "waiting": 1})
    status, _, body = post(b'{"id":"t2","text":"Police in Osterby said that 4 people were killed."}\n\n{"id":"t3","text":"x"}\n',
                           **{**good, "Content_Type": "application/x-ndjson"})
    expect("POST of lines", (status, json.loads(body)["waiting"]), (202, 3))
    return article


def inbox(db, s, d):
    before = len(s.json("/api/v1/stories")["stories"])
    e = Events(s)
    expect("events begin with hello", [x[0] for x in e.await_one("hello")], ["hello"])
    said = run("--db", db, "add").stdout
    report("add drains the inbox", [] if said.startswith("added 3 pages") else [said])
    docs = {x[1]["doc"] for x in e.await_one("article")}
    for _ in range(100):
        docs = {x[1]["doc"] for x in e.got if x[0] == "article"}
        if len(docs) == 3:
            break
        time.sleep(0.05)
    expect("events tell of new articles", docs, {"t1", "t2", "t3"})
    report("events tell of figures", [] if e.await_one("figure") else [str(e.got)])
    expect("the inbox is empty", (s.json("/health")["inbox"] <= 3, run("--db", db, "add", check=False).returncode), (True, 1))
    after = s.json("/api/v1/stories")["stories"]
    report("its story is served", [] if len(after) > before else [str(after)])
    last = e.got[-1][2]
    e.close()
    again = Events(s, Last_Event_ID=e.got[1][2], **{"Last-Event-ID": e.got[1][2]})
    for _ in range(100):
        if again.got and again.got[-1][2] == last:
            break
        time.sleep(0.05)
    expect("events go on from Last-Event-ID", [x[2] for x in again.got[1:]], [x[2] for x in e.got[2:]])
    again.close()
    lost = Events(s, **{"Last-Event-ID": "nonsense-1"})
    report("who was away too long is told", [] if lost.await_one("reset") else [str(lost.got)])
    lost.close()


def hostile(db, s, d):
    """Script in every field that a stored article has."""
    evil = '</script><script>alert(1)</script>"\'&<img src=x onerror=alert(2)>\u2028\u202e\u0000\u0007'
    article = {"id": "evil" + evil, "title": "Dam " + evil, "text": "Police %s said that 7 people were killed in %s.\n\nA second line of it." % (evil, evil),
               "source": "Source " + evil, "url": "javascript:alert(3)//" + evil, "published": "2024-10-13"}
    status, _, body = s.ask("/api/v1/articles", "POST", json.dumps(article).encode(), Authorization="Bearer " + TOKEN, Content_Type="application/json")
    expect("a hostile article is taken", status, 202)
    run("--db", db, "add")
    time.sleep(1.5)
    stories = s.json("/api/v1/stories")["stories"]
    mine = [x for x in stories if "alert(1)" in (x["title"] or "")]
    if not mine:
        report("the hostile article is served", [str([x["title"] for x in stories])])
        return
    n = mine[0]["story"]
    for t in ["/api/v1/stories", "/api/v1/stories/%d" % n, "/api/v1/stories/%d/sources" % n, "/api/v1/stories/%d/claims" % n, "/api/v1/articles/%d:A" % n,
              "/api/v1/search?q=police", "/feeds/stories.json", "/feeds/stories/%d.json" % n]:
        status, headers, body = s.ask(t)
        faults = d.answer_faults(d.operation(t.split("?")[0], "get"), status, headers["content-type"], body)
        if headers["content-type"].split(";")[0] not in ("application/json", "application/feed+json"):
            faults.append(headers["content-type"])
        if headers.get("x-content-type-options") != "nosniff" or re.search(rb"[\x00-\x09\x0b-\x1f]", body):
            faults.append("a control character, or it may be sniffed")
        report("hostile fields are text: " + t, faults)
    for t in ["/feeds/stories.atom", "/feeds/stories/%d.atom" % n]:
        body = s.ask(t)[2]
        tags = {e.tagName for e in xml.dom.minidom.parseString(body).getElementsByTagName("*")}
        expect("hostile fields are text: " + t, tags <= {"feed", "title", "id", "updated", "author", "name", "link", "entry", "content"}, True)
    text = s.ask("/api/v1/stories/%d/claims?format=csv" % n)
    expect("csv is an attachment", text[1].get("content-disposition", "").startswith("attachment"), True)


def generated(s, d, n):
    g = Generator(d, int(os.environ.get("DOSSIER_SEED", "9")))
    faults, seen = [], {}
    for _ in range(n):
        method, target = g.request()
        path = urllib.parse.unquote(target.split("?")[0], errors="replace")
        if path == "/api/v1/events":
            continue
        try:
            status, headers, body = s.ask(target, method, body=b"" if method == "POST" else None)
        except http.client.HTTPException as e:
            faults.append("%s %s: %r" % (method, target, e))
            continue
        seen[status] = seen.get(status, 0) + 1
        op = d.operation(path, "post" if method == "POST" else "get")
        if status >= 500:
            faults.append("%s %s: %d %.100r" % (method, target, status, body))
        elif method == "GET" and op and status != 304:
            faults += ["%s: %s" % (target, f) for f in d.answer_faults(op, status, headers.get("content-type", ""), body)]
    report("%d requests after the description: %s" % (n, " ".join("%d×%d" % (v, k) for k, v in sorted(seen.items()))), faults)


# ---- kill -9 ----------------------------------------------------------------------------------------------------------------

def make_lines(path, n):
    rnd = random.Random(3)
    places = ["Osterby", "Halvet", "Mirefold", "Tolbeck", "Varn", "Hesper", "Ossal", "Lindal"]
    with open(path, "w") as f:
        for i in range(n):
            p, q = rnd.choice(places), rnd.choice(places)
            f.write(json.dumps({"id": "k%d" % i, "title": "Flood %d in %s" % (i, p), "published": "2024-%02d-%02d" % (rnd.randrange(1, 13), rnd.randrange(1, 28)),
                                "source": "Orpress", "text": "Police in %s said that %d people were killed near %s. About %d homes were flooded. "
                                "The mayor of %s, Anna Holm, told reporters that help was on its way." % (p, rnd.randrange(2, 90), q, rnd.randrange(10, 900), p)}) + "\n")


def kills(n):
    lines = os.path.join(WORK, "kills.jsonl")
    make_lines(lines, 2500)
    whole, hurt = os.path.join(WORK, "whole.db"), os.path.join(WORK, "hurt.db")
    run("--db", whole, "add", lines, "--jobs", "1")
    want = run("--db", whole, "verify", "--digest").stdout
    began = time.time()
    rnd = random.Random(int(began))
    s = Server(hurt, "--quiet")
    faults, hits = [], 0
    for i in range(n):
        if i % 5 == 0 and os.path.exists(hurt) and i:
            s.stop()
            for end in ("", "-wal", "-shm", "-inbox", "-inbox-wal", "-inbox-shm"):
                if os.path.exists(hurt + end):
                    os.unlink(hurt + end)
            s = Server(hurt, "--quiet")
        p = subprocess.Popen([PROGRAM, "--db", hurt, "add", lines, "--jobs", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.time() + rnd.uniform(0.05, 2.5)
        while time.time() < end and p.poll() is None:
            status, _, body = s.ask(rnd.choice(["/api/v1/stories", "/api/v1/stories/1", "/api/v1/search?q=flood", "/health"]))
            if status >= 500:
                faults.append("%d while adding: %.100r; %s" % (status, body, s.text()[-200:]))
            hits += 1
        p.kill()
        p.wait()
        said = run("--db", hurt, "verify", check=False)
        if said.returncode not in (0, 1) or (said.returncode == 1 and "empty" not in said.stderr and "no store" not in said.stderr):
            faults.append("verify after kill %d: %s %s" % (i, said.stdout, said.stderr))
    s.stop()
    run("--db", hurt, "add", lines, "--jobs", "1")
    report("kill -9 at %d moments of add, %d answers meanwhile: verify is clean" % (n, hits), faults)
    expect("the resumed store's digest is that of an undisturbed one", run("--db", hurt, "verify", "--digest").stdout, want)


# ---- all of it -----------------------------------------------------------------------------------------------------------------

def starts():
    for args, why in [(["--listen", "0.0.0.0:0"], "token"), (["--listen", "nonsense"], "HOST:PORT"), (["--token-file", "nowhere"], "cannot be read"),
                      (["--token-file", "open"], "chmod"), (["--token-file", "short"], "letters"), (["--private"], "token-file"),
                      (["--cors", "https://osterby.example/"], "origin"), (["--base-url", "http://" + "a" * 300], "longer"), (["--assets", "nowhere"], "No such file"), (["--rate", "0"], "number")]:
        r = run("--db", "x.db", "serve", *args, check=False)
        report("refused at the start: " + " ".join(args), [] if r.returncode == 2 and why in r.stderr else ["%d %s" % (r.returncode, r.stderr)])


def private(db):
    s = Server(db, "--token-file", "token", "--private", "--cors", "https://osterby.example")
    bearer = {"Authorization": "Bearer " + TOKEN}
    expect("--private: no token", [s.ask(t)[0] for t in ("/", "/api/v1/stories", "/feeds/stories.atom", "/metrics", "/api/openapi.json")], [401] * 5)
    expect("--private: /health is open", s.ask("/health")[0], 200)
    expect("--private: bearer", s.ask("/api/v1/stories", **bearer)[0], 200)
    basic = "Basic " + base64.b64encode(("anna:" + TOKEN).encode()).decode()
    expect("--private: basic, for browsers", s.ask("/api/v1/stories", Authorization=basic)[0], 200)
    for bad in ("Basic !!!", "Basic " + base64.b64encode(b"nocolon").decode(), "Basic " + base64.b64encode(b"x:wrong").decode()):
        expect("--private: " + bad, s.ask("/api/v1/stories", Authorization=bad)[0], 401)
    status, headers, _ = s.ask("/api/v1/stories", "OPTIONS", **{"Origin": "https://osterby.example"})
    expect("--cors: a preflight", (status, headers.get("access-control-allow-origin")), (204, "https://osterby.example"))
    expect("stops", s.stop(), 0)
    s = Server(db, "--rate", "40")
    codes = [s.ask("/health")[0] for _ in range(150)]
    report("--rate: too many are refused", [] if 429 in codes and 200 in codes else [str(set(codes))])
    expect("stops", s.stop(), 0)


def pages(db):
    """A folder instead of the embedded pages; the same folder through tools/assets gives the same table each time."""
    folder = os.path.join(WORK, "dist")
    os.makedirs(os.path.join(folder, "assets"))
    files = {"index.html": b"<!doctype html><title>Dossier</title>" + b" " * 300, "favicon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
             "assets/app-0123abcd.js": b"console.log(1);" * 50, ".secret": b"hidden"}
    for name, data in files.items():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)
    with open(os.path.join(WORK, "outside"), "w") as f:
        f.write("outside")
    s = Server(db, "--assets", "dist", "--quiet")
    index = files["index.html"]
    for t in ("/", "/stories/1", "/stories/1/claims?measure=killed", "/articles/1:B", "/anything/at/all", "/index.html"):
        status, headers, body = s.ask(t)
        expect("the page at " + t, (status, headers["content-type"], headers["cache-control"], body), (200, "text/html; charset=utf-8", "no-cache", index))
    status, headers, body = s.ask("/assets/app-0123abcd.js", Accept_Encoding="gzip")
    expect("an asset", (status, headers["content-type"], headers["cache-control"], gzip.decompress(body) == files["assets/app-0123abcd.js"]),
           (200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", True))
    expect("an asset again", s.ask("/assets/app-0123abcd.js", If_None_Match=headers["etag"])[0], 304)
    expect("a file at the top", s.ask("/favicon.svg")[1]["content-type"], "image/svg+xml")
    for t in ("/assets/none.js", "/assets/", "/assets", "/assets/../index.html"):
        expect("no asset: " + t, s.ask(t)[0], 404)
    for t in ("/.secret", "/../outside", "/..%2foutside", "/dist/.secret"):
        expect("not served: " + t, s.ask(t)[2], index)
    expect("no POST to a page", s.ask("/stories/1", "POST", b"")[0] in (403, 405), True)
    expect("stops", s.stop(), 0)
    tool = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/assets")
    tables = []
    for i in range(2):
        subprocess.run([sys.executable, tool, folder, os.path.join(WORK, "a.c"), os.path.join(WORK, "a.d")], check=True)
        with open(os.path.join(WORK, "a.c"), "rb") as f:
            tables.append(f.read())
    expect("tools/assets", (tables[0] == tables[1], b'"assets/app-0123abcd.js"' in tables[0], b"secret" in tables[0]), (True, True, False))


def shares(db):
    """One address cannot have all connections, nor all streams; on loopback where --rate is given."""
    s = Server(db, "--quiet", "--rate", "100000", "--connections", "32")
    held = [socket.create_connection(("127.0.0.1", s.port), timeout=5) for _ in range(8)]
    for c in held: # each was taken once it answers
        c.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        c.recv(4096)
    try:
        one_more = s.raw(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", wait=2)
    except OSError:
        one_more = b""
    expect("a quarter of the connections, or 8, for one address", one_more, b"")
    for c in held:
        c.close()
    time.sleep(0.2)
    expect("when they are gone there is room", s.ask("/health")[0], 200)
    expect("stops", s.stop(), 0)
    s = Server(db, "--quiet", "--rate", "100000")
    held = []
    for _ in range(201):
        c = socket.create_connection(("127.0.0.1", s.port), timeout=5)
        c.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        held.append(c)
    codes = [c.recv(64).split(b" ")[1] for c in held]
    expect("a quarter of the streams for one address", (codes.count(b"200"), codes.count(b"503")), (200, 1))
    for c in held:
        c.close()
    expect("stops", s.stop(), 0)


def taking(db):
    """Who takes 1 KB a second loses the connection, who takes 20 KB a second gets all of it."""
    s = Server(db, "--quiet")
    ask = b"GET /api/v1/stories/1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    whole = len(s.ask("/api/v1/stories/1")[2])

    def take(times, a_second, results):
        with socket.socket() as c:
            c.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
            c.settimeout(30)
            c.connect(("127.0.0.1", s.port))
            c.sendall(ask * times)
            end = time.time() + 50
            while time.time() < end and results["got"] < whole * times:
                got = c.recv(a_second // 2)
                results["got"] += len(got)
                time.sleep(0.5)
    slowly, well = {"got": 0}, {"got": 0}
    threads = [threading.Thread(target=take, args=(20, 1024, slowly)), threading.Thread(target=take, args=(2, 20480, well))]
    for t in threads:
        t.start()
    for t in threads[1:]:
        t.join()
    left = re.search(rb"\ndossier_http_connections (\d+)", s.ask("/metrics")[2]).group(1)
    expect("who takes an answer too slowly loses the connection, who takes it slowly does not", (left, well["got"] >= whole * 2), (b"1", True))
    threads[0].join()
    expect("stops", s.stop(), 0)


def moved(db):
    """A retired id leads on, whatever was asked of it."""
    copy = os.path.join(WORK, "moved.db")
    run("--db", db, "verify")
    shutil.copy(db, copy)
    with sqlite3.connect(copy) as c:
        c.execute("INSERT INTO redirect(story, to_story) VALUES(77, 1)")
    c.close()
    s = Server(copy, "--quiet")
    for t, to in [("/api/v1/stories/77", "/api/v1/stories/1"), ("/api/v1/stories/77/claims?format=csv&measure=killed%20or%20injured", "/api/v1/stories/1/claims?format=csv&measure=killed%20or%20injured"),
                  ("/feeds/stories/77.atom", "/feeds/stories/1.atom")]:
        status, headers, body = s.ask(t)
        expect("301 of " + t, (status, headers.get("location"), body), (301, to, b""))
    expect("stops", s.stop(), 0)


def stopping(db):
    s = Server(db)
    e = Events(s)
    e.await_one("hello")
    done = []
    threads = [threading.Thread(target=lambda: done.append(s.ask("/api/v1/stories/1?rule=ucdp&parts=claims")[0])) for _ in range(8)]
    for t in threads:
        t.start()
    time.sleep(0.02)
    status = s.stop(signal.SIGINT)
    for t in threads:
        t.join(10)
    expect("SIGINT ends it with streams open", status, 0)
    log = s.text()
    report("the access log", [] if re.search(r'^\S+Z 127\.0\.0\.1 "GET /api/v1/stories/1\?rule=ucdp&parts=claims" 200 \d+ [\d.]+ms \w+$', log, re.M) else [log])


def main():
    with open(OPENAPI, encoding="utf-8") as f:
        d = Description(f.read())
    for name, text, mode in [("token", TOKEN + "\n", 0o600), ("open", TOKEN, 0o644), ("short", "tomato", 0o600)]:
        with open(os.path.join(WORK, name), "w") as f:
            f.write(text)
        os.chmod(os.path.join(WORK, name), mode)
    shutil.copytree(DEMO, os.path.join(WORK, "pages"))
    db = os.path.join(WORK, "demo.db")
    starts()
    empty = Server(os.path.join(WORK, "none.db"))
    expect("without a store: health", json.loads(empty.ask("/health")[2])["status"], "empty")
    expect("without a store: stories", empty.json("/api/v1/stories"), {"stories": [], "next": None})
    expect("without a store: a story", empty.ask("/api/v1/stories/1")[0], 404)
    expect("without a token: adding", empty.ask("/api/v1/articles", "POST", b"{}", Content_Type="application/json")[0], 403)
    expect("stops", empty.stop(), 0)
    run("--db", db, "add", "pages")
    s = Server(db, "--token-file", "token")
    waiting = {}
    slow(s, waiting)
    contract(s, d)
    same_as_command(s, db)
    paging(s)
    conditions(s)
    bounds(s)
    tokens(db, s)
    inbox(db, s, d)
    hostile(db, s, d)
    generated(s, d, int(os.environ.get("DOSSIER_REQUESTS", "1500")))
    for t in waiting["threads"]:
        t.join(90)
    report("headers that never end are cut off", [] if 5 < waiting.get("headers", 99) < 40 else [str(waiting)])
    if "body" in waiting:
        report("so is a body", [] if 50 < waiting["body"] < 80 else [str(waiting)])
    expect("alive", s.ask("/health")[0], 200)
    log = s.text()
    report("no line of the log was made by a client", [x for x in log.splitlines() if x.startswith("X-") or re.search(r"[\x00-\x1f\x7f]", x)])
    expect("methods are escaped in it", r'"G\x1b[2J\x22\x5c /" 405' in log, True)
    expect("stops", s.stop(), 0)
    private(db)
    pages(db)
    shares(db)
    moved(db)
    if os.environ.get("DOSSIER_SLOW"):
        taking(db)
    stopping(db)
    kills(int(os.environ.get("DOSSIER_KILLS", "3")))


try:
    main()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
sys.exit(1 if failed else 0)
