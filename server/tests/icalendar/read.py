"""Reads a calendar as calendar programs do, with a library that is not ours: standard input to JSON.

Answers the properties of the calendar and of every event; times as they are in UTC.
"""

import json
import sys
from datetime import timezone

from icalendar import Calendar

calendar = Calendar.from_ical(sys.stdin.buffer.read())


def value(component, name):
    read = component.get(name)
    if read is None:
        return None
    if hasattr(read, "dt"):
        return read.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(read)


names = ["UID", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "STATUS", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "CREATED"]
events = [{name.lower(): value(event, name) for name in names} for event in calendar.walk("VEVENT")]
errors = [str(error) for component in calendar.walk() for error in component.errors]
print(json.dumps({"version": value(calendar, "VERSION"), "method": value(calendar, "METHOD"), "events": events, "errors": errors, "components": sorted({c.name for c in calendar.walk()})}))
