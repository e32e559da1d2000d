"""Messages that nobody with the key has signed, or that were signed once and are sent again: none may run."""
import random

import zmq

from kernel import Case

TRIES = 10_000


class Signatures(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kernel.check("int executions = 0;")
        cls.context = zmq.Context()
        cls.random = random.Random(20)

    @classmethod
    def tearDownClass(cls):
        cls.context.destroy(0)
        super().tearDownClass()

    def socket(self, port):
        socket = self.context.socket(zmq.DEALER)
        socket.connect(f"tcp://{self.kernel.manager.ip}:{port}")
        return socket

    def frames(self, code="executions++;"):
        """A request as its sender signs it: delimiter, signature, four parts."""
        session = self.kernel.client.session
        return session.serialize(session.msg("execute_request", {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": False}))

    def attack(self, forge, tries, code="executions++;"):
        """Sends forged requests to shell and control, then asks over a clean line whether one ran."""
        manager = self.kernel.manager
        sockets = [self.socket(manager.shell_port), self.socket(manager.control_port)]
        for i in range(tries):
            sockets[i % 2].send_multipart(forge(self.frames(code)))
        # Frames of a connection are read in order: what was read after them shows that they were read.
        for socket in sockets:
            socket.send_multipart(self.frames("1"))
            self.assertTrue(socket.poll(60_000), "the kernel no longer answers")
            socket.close(0)
        self.assertEqual(self.kernel.value("executions"), "0")
        self.measured(f"{tries} tries, 0 executions")

    def tamper(self, frames):
        part = self.random.randrange(2, 6)
        changed = bytearray(frames[part])
        if changed == b"{}":
            frames[part] = b'{"a": 1}'
        else:
            frames[part] = bytes(changed).replace(b'"', b' "', 1)
        return frames

    def test_a_wrong_signature(self):
        self.attack(lambda f: [f[0], b"%064x" % self.random.getrandbits(256), *f[2:]], TRIES // 5)

    def test_a_signature_with_one_digit_changed(self):
        def forge(f):
            signature = bytearray(f[1])
            at = self.random.randrange(len(signature))
            signature[at] = ord("0") if signature[at] != ord("0") else ord("1")
            return [f[0], bytes(signature), *f[2:]]
        self.attack(forge, TRIES // 5)

    def test_a_truncated_signature(self):
        self.attack(lambda f: [f[0], f[1][:self.random.randrange(1, 64)], *f[2:]], TRIES // 5)

    def test_a_missing_signature(self):
        self.attack(lambda f: [f[0], b"", *f[2:]] if self.random.random() < 0.5 else [f[0], *f[2:]], TRIES // 5)

    def test_a_message_changed_after_it_was_signed(self):
        self.attack(self.tamper, TRIES // 5)

    def test_frames_that_are_no_message(self):
        manager = self.kernel.manager
        for port in (manager.shell_port, manager.control_port, manager.stdin_port):
            socket = self.socket(port)
            for _ in range(200):
                socket.send_multipart([self.random.randbytes(self.random.randrange(0, 40)) for _ in range(self.random.randrange(1, 9))])
                socket.send_multipart([b"<IDS|MSG>"])
            socket.close(500)
        self.assertEqual(self.kernel.value("executions"), "0")

    def test_a_replayed_message_runs_once(self):
        self.kernel.check("int replayed = 0;")
        recorded = self.frames("replayed++;")
        socket = self.socket(self.kernel.manager.shell_port)
        for _ in range(2000):
            socket.send_multipart(recorded)
        socket.send_multipart(self.frames("1"))
        self.assertTrue(socket.poll(60_000))
        socket.close(0)
        self.assertEqual(self.kernel.value("replayed"), "1")
        # Also over a new connection, and to the other channel.
        for port in (self.kernel.manager.shell_port, self.kernel.manager.control_port):
            socket = self.socket(port)
            socket.send_multipart(recorded)
            socket.send_multipart(self.frames("1"))
            socket.poll(60_000)
            socket.close(0)
        self.assertEqual(self.kernel.value("replayed"), "1")
