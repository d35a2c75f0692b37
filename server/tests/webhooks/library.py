"""Verifies a message with the public library of Standard Webhooks: library.py SECRET NOW, headers and body as JSON on
standard input. Prints what it says, or why it is refused."""

import json
import sys
from datetime import datetime

import standardwebhooks.webhooks as library

secret, now = sys.argv[1], int(sys.argv[2])


class Clock(datetime):
    """The clock of the tests stands."""

    @classmethod
    def now(cls, tz=None):
        return datetime.fromtimestamp(now, tz)


library.datetime = Clock
message = json.load(sys.stdin)
try:
    said = library.Webhook(secret).verify(message["body"], message["headers"])
except library.WebhookVerificationError as problem:
    sys.exit(f"refused: {problem}")
json.dump(said, sys.stdout)
