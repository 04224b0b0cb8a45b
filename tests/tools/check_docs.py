#!/usr/bin/env python3
"""The documents say what is there: links lead somewhere, make targets exist, examples print what they show, versions
and ceilings agree with the sources.

usage: check_docs.py PROGRAM
"""

import csv
import glob
import os
import re
import subprocess
import sys
import tempfile

import tap

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def broken_links(path):
    text = re.sub(r"```.*?```", "", read(path), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        where = os.path.normpath(os.path.join(os.path.dirname(path), file)) if file else path
        if not os.path.exists(where):
            yield "%s: '%s' leads nowhere" % (path, target)
        elif anchor and where.endswith(".md") and anchor not in anchors(read(where)):
            yield "%s: '%s' has no such heading" % (path, target)


def anchors(text):
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
            for heading in re.findall(r"^#+ (.*)$", text, re.M)}


def targets_of(makefile):
    found = set()
    for line in re.findall(r"^([\w -]+):(?!=)", makefile, re.M):
        found.update(line.split())
    return found


def unknown_targets(path, targets):
    for command in re.findall(r"(?:^ {4}|`)make ([^`\n#]*)", read(path), re.M):
        for word in command.split():
            if re.match(r"[a-z][a-z-]*$", word) and word not in targets:
                yield "%s: there is no 'make %s'" % (path, word)


def examples(path):
    """(command, expected lines) of the blocks marked `console`: lines after `$ ` are run, the others expected."""
    for block in re.findall(r"^```console\n(.*?)^```", read(path), re.M | re.S):
        command, expected = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, expected
                command, expected = line[2:], []
            else:
                expected.append(line)
        if command:
            yield command, expected


def unlike(command, expected, bin_folder, folder):
    """Runs in a folder that has the samples; `...` in what is expected stands for the rest of a line, or its middle."""
    environment = dict(os.environ, PATH=bin_folder + os.pathsep + os.environ["PATH"], LC_ALL="C.UTF-8")
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, universal_newlines=True)
    want = r"\n".join(".*".join(re.escape(part) for part in line.split("...")) for line in expected)
    if not re.fullmatch(want, done.stdout.rstrip("\n")):
        yield "$ " + command
        for line in done.stdout.splitlines()[:30]:
            yield "  now: " + line


def main():
    program = os.path.abspath(sys.argv[1])
    os.chdir(ROOT)
    documents = ["README.md", "samples/README.md"] + sorted(glob.glob("docs/*.md")) + sorted(glob.glob("tests/**/*.md",
                                                                                           recursive=True))
    targets = targets_of(read("Makefile"))
    for path in documents:
        tap.check("the links of %s lead somewhere" % path, broken_links(path))
    for path in documents:
        tap.check("the make targets of %s exist" % path, unknown_targets(path, targets))
    for path in documents:
        for command, expected in examples(path):
            with tempfile.TemporaryDirectory() as folder:
                os.symlink(os.path.abspath("samples"), os.path.join(folder, "samples"))
                tap.check("%s: `%s` prints what it shows" % (path, command),
                          unlike(command, expected, os.path.dirname(program), folder))

    version = re.search(r'OKB_VERSION "(.*)"', read("include/okrbook/version.h")).group(1)
    tap.check("the man page bears the version %s" % version,
              [] if '"okrbook %s"' % version in read("docs/okrbook.1") else ["its .TH line has another one"])

    architecture = read("docs/architecture.md")
    with open("src/tables/settings.csv", encoding="utf-8", newline="") as f:
        limits = {row["name"]: row["default"] for row in csv.DictReader(f) if row["name"].startswith("limit.")}
    listed = dict(re.findall(r"^\| `(limit\.\w+)` \| ([\d,.]+)", architecture, re.M))
    tap.check("docs/architecture.md lists every ceiling with its default",
              ["%s is %s, not %s" % (name, limits.get(name), listed.get(name))
               for name in sorted(set(limits) | set(listed))
               if limits.get(name) != (listed.get(name) or "").replace(",", "")])
    rooms = sorted(os.path.basename(os.path.dirname(p)) for p in glob.glob("src/*/"))
    tap.check("docs/architecture.md names every room",
              ["src/%s is not there" % room for room in rooms if "`src/%s`" % room not in architecture])
    tap.end()


main()
