"""A mail server for the tests: keeps what it is given, and misbehaves on request.

    server.py PORT FOLDER

A message for NAME@DOMAIN becomes FOLDER/NAME@DOMAIN/N.eml, with the envelope's sender in an X-Envelope-From header on
top. How NAME begins says what goes wrong, so that tests that run at the same time do not disturb each other:

    refuse-CODE...   the recipient is refused with this code, always
    later-CODE...    the recipient is refused with this code the first time
    hangup...        the message is kept, but the first time the line breaks before the answer
    slow-SECONDS...  the answer to the message takes so long

Signing in is possible with portal / a password, and never demanded.
"""

import asyncio
import os
import sys
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

ANSWERS = {
    "550": "550 5.1.1 <{0}>: Recipient address rejected: User unknown",
    "552": "552 5.2.2 <{0}>: Mailbox full",
    "450": "450 4.2.1 <{0}>: Try again later",
    "451": "451 4.3.0 <{0}>: Temporary failure",
}


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.seen = Counter()

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        self.seen[address] += 1
        kind, _, rest = name.partition("-")
        if kind == "refuse" or (kind == "later" and self.seen[address] == 1):
            return ANSWERS[rest[:3]].format(address)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            folder = os.path.join(self.folder, address)
            os.makedirs(folder, exist_ok=True)
            count = len(os.listdir(folder))
            # Whole or not at all: a test may look at any time.
            part = os.path.join(self.folder, f".{address}.{count}")
            with open(part, "wb") as file:
                file.write(b"X-Envelope-From: " + (envelope.mail_from or "").encode() + b"\r\n")
                user = getattr(session, "authenticated_as", None)
                if user:
                    file.write(b"X-Signed-In: " + user.encode() + b"\r\n")
                file.write(envelope.original_content)
            os.rename(part, os.path.join(folder, f"{count}.eml"))
            if address.startswith("hangup") and self.seen[address] == 1:
                server.transport.abort()
            if address.startswith("slow-"):
                await asyncio.sleep(int(address.split("-")[1]))
        return "250 2.0.0 kept"


def authenticate(server, session, envelope, mechanism, data):
    if isinstance(data, LoginPassword) and data.login == b"portal" and data.password == b"a password":
        session.authenticated_as = "portal"
        return AuthResult(success=True)
    return AuthResult(success=False, handled=False)


class Server(Controller):
    def factory(self):
        return SMTP(
            self.handler,
            hostname="mail.test.example",
            enable_SMTPUTF8=True,
            authenticator=authenticate,
            auth_require_tls=False,
            decode_data=False,
        )


def main():
    port, folder = int(sys.argv[1]), sys.argv[2]
    os.makedirs(folder, exist_ok=True)
    server = Server(Handler(folder), hostname="127.0.0.1", port=port)
    server.start()
    try:
        asyncio.run(asyncio.Event().wait())
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()


if __name__ == "__main__":
    main()
