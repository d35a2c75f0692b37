import base64, hashlib, hmac, json, time


def verify(secret, headers, body, now=None):
    """The message, if it is from the portal; ValueError if it is not. `headers` in lower case, `body` as bytes."""
    seconds = int(headers["webhook-timestamp"])
    if abs((now or time.time()) - seconds) > 300:
        raise ValueError("too old")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{seconds}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    signatures = headers["webhook-signature"].split(" ")
    if not any(hmac.compare_digest(f"v1,{expected}", one) for one in signatures):
        raise ValueError("not signed with this secret")
    return json.loads(body)
