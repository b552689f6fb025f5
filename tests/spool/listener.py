"""A printer's port: each connection is a job, kept as N.pdf.

Usage: listener.py FOLDER. The port goes into FOLDER/port. It goes on until FOLDER/jam holds a number that is not above the count of jobs that
came: then it answers nobody until the file is gone or holds another number.
"""
import os
import socket
import sys
import time

folder = sys.argv[1]


def jammed(count):
    try:
        with open(folder + "/jam") as file:
            return count >= int(file.read())
    except (FileNotFoundError, ValueError):
        return False


def listen(port):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(8)
    server.settimeout(0.1)
    return server


def put(name, data):
    with open(folder + "/.new", "wb") as file:
        file.write(data)
    os.rename(folder + "/.new", folder + "/" + name)


server = listen(0)
port = server.getsockname()[1]
put("port", str(port).encode())
count = 0
while os.path.isdir(folder):
    if jammed(count):
        if server is not None:
            server.close()
            server = None
        time.sleep(0.05)
        continue
    if server is None:
        server = listen(port)
    try:
        client, _ = server.accept()
    except socket.timeout:
        continue
    client.settimeout(None)
    data = b""
    while chunk := client.recv(65536):
        data += chunk
    client.close()
    if data:
        count += 1
        put("%d.pdf" % count, data)
