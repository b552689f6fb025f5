"""Closes the months of a township one after the other, as its generator did: each on its due day, without the schools of which nothing has come."""
import os
import re
import sqlite3
import subprocess

EMPTY = "UPDATE semester_month SET closed_on = NULL; DELETE FROM month_figure"


def change(path, sql):
    connection = sqlite3.connect(path)
    connection.executescript(sql)
    connection.close()


def rows(path, sql):
    with sqlite3.connect(path) as connection:
        return connection.execute(sql).fetchall()


def close(path, month, day, *words):
    """Exit code, messages, lines."""
    run = subprocess.run([os.environ["DOSSIER"], "close", month, "--db", path, "--layouts", os.environ["ROOT"] + "/layouts", "--as-of", day, *words],
                         capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return run.returncode, run.stderr, run.stdout


def missing(told):
    return re.findall(r"Y115: the return of (.*) for", told)


def close_all(path, months):
    """Closes each (month, day); gives back the schools of which nothing had come, by month. Fails by assertion."""
    without = {}
    for month, day in months:
        code, told, _ = close(path, month, day)
        if code == 65 and missing(told):
            without[month] = missing(told)
            code, told, _ = close(path, month, day, *[word for school in missing(told) for word in ("--without", school)])
        assert code == 0, f"{month}: exit code {code}: {told}"
    return without
