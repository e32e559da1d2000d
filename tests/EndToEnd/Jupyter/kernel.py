"""The kernel under test, as a front end sees it: started by jupyter_client, spoken to over its sockets.

Each suite beside this file is a module of unittest cases. `python3 kernel.py SUITE` runs one and writes, for every case,
one line of JSON to standard output: its name, outcome, seconds, text and what it measured.
"""
import contextlib
import importlib
import json
import os
import queue
import signal
import sys
import time
import traceback
import unittest

from jupyter_client.manager import KernelManager

NAME = os.environ.get("SEGLSTM_KERNEL", "seglstm-csharp")

# Where a wait is not itself what is measured: far above what a loaded machine needs.
PATIENCE = 60


class Execution:
    """All that one execute_request brought."""

    def __init__(self, request, reply, messages):
        self.request = request
        self.reply = reply
        self.messages = messages

    @property
    def status(self):
        return self.reply["content"]["status"]

    def of(self, kind):
        return [m["content"] for m in self.messages if m["header"]["msg_type"] == kind]

    @property
    def kinds(self):
        return [m["header"]["msg_type"] for m in self.messages]

    def stream(self, name="stdout"):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == name)

    @property
    def text(self):
        """The text/plain form of the result."""
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    @property
    def error(self):
        errors = self.of("error")
        return errors[0] if errors else None


class Kernel:
    """A running kernel and one client of it."""

    def __init__(self, folder=None, name=NAME, **arguments):
        self.manager = KernelManager(kernel_name=name)
        self.started = time.monotonic()
        self.manager.start_kernel(cwd=folder, stderr=open(os.environ["SEGLSTM_KERNEL_LOG"], "ab")
                                  if "SEGLSTM_KERNEL_LOG" in os.environ else None, **arguments)
        self.connect()

    def connect(self):
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    @property
    def process(self):
        return self.manager.provisioner.process.pid

    @property
    def resident(self):
        """Resident memory in bytes."""
        with open(f"/proc/{self.process}/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def send(self, code, **arguments):
        return self.client.execute(code, **{"allow_stdin": False, **arguments})

    def reply(self, message, timeout=PATIENCE):
        return self.on("shell", message, timeout)

    def on(self, channel, message, timeout=PATIENCE):
        """The reply to a request; replies to other requests are passed over."""
        until = time.monotonic() + timeout
        while True:
            try:
                reply = getattr(self.client, f"get_{channel}_msg")(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no reply on {channel} within {timeout} s") from None
            if reply["parent_header"].get("msg_id") == message:
                return reply

    def published(self, message, timeout=PATIENCE):
        """What iopub brought for a request, up to its idle."""
        messages, until = [], time.monotonic() + timeout
        while True:
            try:
                m = self.client.get_iopub_msg(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no idle within {timeout} s; so far {[m['header']['msg_type'] for m in messages]}") from None
            if m["parent_header"].get("msg_id") != message:
                continue
            messages.append(m)
            if m["header"]["msg_type"] == "status" and m["content"]["execution_state"] == "idle":
                return messages

    def finish(self, request, timeout=PATIENCE):
        return Execution(request, self.reply(request, timeout), self.published(request, timeout))

    def run(self, code, timeout=PATIENCE, **arguments):
        return self.finish(self.send(code, **arguments), timeout)

    def check(self, code, **arguments):
        """Runs a cell that must succeed."""
        done = self.run(code, **arguments)
        assert done.status == "ok", f"{code!r} failed: {done.reply['content']}"
        return done

    def value(self, code):
        return self.check(code).text

    def control(self, kind, content=None):
        """Sends a request on control and returns its id."""
        message = self.client.session.msg(kind, content or {})
        self.client.control_channel.send(message)
        return message["header"]["msg_id"]

    def stop(self):
        with contextlib.suppress(Exception):
            self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=False)
        self.manager.cleanup_resources()


class Case(unittest.TestCase):
    """Cases that share one kernel."""

    kernel: Kernel

    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel(folder=getattr(cls, "folder", None))

    @classmethod
    def tearDownClass(cls):
        cls.kernel.stop()

    def measured(self, text):
        """Notes a number, which the report shows."""
        self.notes = [*getattr(self, "notes", []), text]

    def within(self, seconds, action):
        clock = time.monotonic()
        result = action()
        took = time.monotonic() - clock
        self.assertLessEqual(took, seconds, f"took {took:.2f} s")
        return result


def wait_until(condition, timeout=PATIENCE, what="the condition"):
    until = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < until, f"{what} did not come within {timeout} s"
        time.sleep(0.02)


def is_alive(process):
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Report(unittest.TestResult):
    """One line of JSON a case."""

    def startTest(self, test):
        super().startTest(test)
        self.clock = time.monotonic()
        self.failed = False

    def write(self, test, outcome, text=""):
        print(json.dumps({
            "case": test.id().rsplit(".", 1)[-1],
            "outcome": outcome,
            "seconds": round(time.monotonic() - self.clock, 3),
            "text": text,
            "measured": getattr(test, "notes", []),
        }), file=REPORT, flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        if not self.failed:
            self.write(test, "passed")

    def addFailure(self, test, err):
        self.fail(test, err)

    def addError(self, test, err):
        # setUpClass has no clock.
        self.clock = getattr(self, "clock", time.monotonic())
        self.fail(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.fail(test, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.write(test, "skipped", reason)

    def fail(self, test, err):
        self.failed = True
        self.failures.append((test, ""))
        self.write(test, "failed", "".join(traceback.format_exception(*err)))


def main(suite):
    # Whoever ends this process ends its kernels with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.modules["kernel"] = sys.modules["__main__"]
    module = importlib.import_module(suite)
    result = Report()
    unittest.defaultTestLoader.loadTestsFromModule(module).run(result)
    return 0 if result.testsRun and not result.failures else 1


if __name__ == "__main__":
    # Only the report goes to standard output.
    REPORT = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.exit(main(sys.argv[1]))
