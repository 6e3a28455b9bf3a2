#!/usr/bin/env python3
"""Posts a frame to nchan at a steady pace, each with the next number in its "seq".

    nchan_publisher.py HOST:PORT FRAME.json INTERVAL_MS

A frame is sent when it is due even if the answer to the one before it is not there yet: nchan answers only after it
has written to every subscriber, and that must not slow the pace.
"""
import re
import socket
import sys
import threading
import time

target, frame_file, interval_ms = sys.argv[1:]
host, _, port = target.rpartition(":")
interval = float(interval_ms) / 1000
with open(frame_file, "rb") as file:
    before, after = re.split(rb'(?<="seq":)\d+', file.read().strip(), maxsplit=1)
connection = socket.create_connection((host, int(port)))
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def drop_answers():
    while connection.recv(65536):
        pass


threading.Thread(target=drop_answers, daemon=True).start()
start = time.monotonic()
seq = 0
while True:
    seq += 1
    body = before + str(seq).encode() + after
    connection.sendall(b"POST /publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                       b"X-EventSource-Event: snapshot\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    time.sleep(max(0, start + seq * interval - time.monotonic()))
