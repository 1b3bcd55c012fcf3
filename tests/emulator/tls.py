"""The emulator behind TLS, under a certificate that only a bundle of one's own makes good.

    python tls.py http://127.0.0.1:5555 FOLDER    # writes FOLDER/ca.pem, prints "ready https://127.0.0.1:PORT",
                                                  # ends when its standard input is closed
"""
import datetime
import http.client
import http.server
import ipaddress
import os
import pathlib
import ssl
import sys
import threading
import urllib.parse

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# What belongs to one connection and not to the message.
HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "date", "server"}


def name(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, issuer_key, extensions):
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject)).issuer_name(name(issuer)).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return builder.sign(issuer_key, hashes.SHA256())


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)


def make(folder):
    """An authority, and a key and certificate of it for this machine."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = certificate("corp", authority_key, "corp", authority_key, [x509.BasicConstraints(ca=True, path_length=0)])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    server = certificate("proxy", key, "corp", authority_key, [x509.BasicConstraints(ca=False, path_length=None), address])
    plain = serialization.NoEncryption()
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain) + pem(server)
    (folder / "ca.pem").write_bytes(pem(authority))
    (folder / "server.pem").write_bytes(own)


class Door(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    upstream = ""

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        inside = http.client.HTTPConnection(self.upstream)
        inside.request(self.command, self.path, body, dict(self.headers))
        answer = inside.getresponse()
        text = answer.read()
        self.send_response(answer.status)
        for header, value in answer.getheaders():
            if header.lower() not in HOP_BY_HOP:
                self.send_header(header, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = pass_on

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """A client that does not trust the certificate hangs up: that is a test."""


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


def main():
    threading.Thread(target=end_with_parent, daemon=True).start()
    Door.upstream, folder = urllib.parse.urlparse(sys.argv[1]).netloc, pathlib.Path(sys.argv[2])
    make(folder)
    server = Server(("127.0.0.1", 0), Door)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    print(f"ready https://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
