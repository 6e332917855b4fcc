"""What the client checks share: named checks, counted, with a closing line that scripts read."""

import sys
import traceback
import uuid


class Checks:
    """Runs checks one by one and counts how they end."""

    def __init__(self, title):
        self.title = title
        self.passed = 0
        self.failed = 0

    def run(self, check, *arguments):
        name = check.__name__.replace("_", " ")
        try:
            check(*arguments)
        except Exception:  # a failed check is a result; the others still run
            self.failed += 1
            print(f"FAILED {self.title}: {name}", file=sys.stderr)
            traceback.print_exc()
        else:
            self.passed += 1
            print(f"ok     {self.title}: {name}")

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def endpoint():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} ENDPOINT_URL")
    return sys.argv[1]


def table_name():
    """A name that no other run uses."""
    return f"check-{uuid.uuid4().hex[:12]}"
