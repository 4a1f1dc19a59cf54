"""Receives NewsWatch's webhooks (format standard), verifies each and prints its headline: WEBHOOK_SECRET=whsec_... python3 webhook-receiver.py 9000"""
import base64, hashlib, hmac, http.server, json, os, sys, time

key = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
handled = set()  # keep these ids for some days in a real receiver: a call that got no reply is repeated


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name, sent = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        expected = "v1," + base64.b64encode(hmac.new(key, f"{name}.{sent}.".encode() + body, hashlib.sha256).digest()).decode()
        genuine = any(hmac.compare_digest(expected, one) for one in self.headers["webhook-signature"].split()) and abs(time.time() - int(sent)) < 300
        if genuine and name not in handled:
            data = json.loads(body)["data"]
            print(data["article"]["title"] if "article" in data else data["subject"], flush=True)
            handled.add(name)
        self.send_response(204 if genuine else 401)
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print(f"Listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
