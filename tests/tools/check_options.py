#!/usr/bin/env python3
"""The commands and options of src/cli/options.c, --help, the man page and the three completions say the same.

usage: check_options.py PROGRAM
"""

import os
import re
import subprocess
import sys

import tap

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
ROW = re.compile(r"\{(?:'(.)'|0), \"([a-z-]+)\",\s*(?:\"([^\"]*)\"|NULL),\s*\"((?:[^\"\\]|\\.)*)\",\s*([A-Z_|\s]+),\s*[a-z_]+,")
COMMAND = re.compile(r'\{CLI_([A-Z]+), "([a-z]+)",')
GROUPS = {"CLI_GOALS": ["build", "check", "export"]}


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def table():
    """command -> {long name: (short name or '', argument or '')}, out of the source."""
    text = read("src/cli/options.c")
    commands = [name for _, name in COMMAND.findall(text)]
    options = {name: {} for name in commands}
    for short, name, argument, _, groups in ROW.findall(text):
        for group in "".join(groups.split()).split("|"):
            members = commands if group == "CLI_ALL" else GROUPS.get(group, [group[len("CLI_"):].lower()])
            for command in members:
                options[command][name] = (short, argument)
    rows = len(re.findall(r"^    \{(?:'.'|0), \"", text, re.M))
    return options, rows, len(ROW.findall(text))


def from_help(program, command):
    text = subprocess.run([program, command, "--help"], stdout=subprocess.PIPE, check=True,
                          universal_newlines=True).stdout
    found = {}
    for short, name, argument in re.findall(r"^  (?:-(.),|   ) --([a-z-]+)(?:=(\S+))?", text, re.M):
        found[name] = (short, argument)
    return found


def from_man():
    """The same out of the man page: `.TP` items under the headings of OPTIONS name the options and their commands."""
    text = read("docs/okrbook.1").replace("\\-", "-")
    found = {}
    for item in re.findall(r"^\.TP\n(\\fB.*--.*)\n((?:(?!\.TP|\.S[HS]).*\n)*)", text, re.M):
        head = re.sub(r'\\f[BIR]|"| ', "", item[0])
        short, name, argument = re.match(r"(?:-(.),)?--([a-z-]+)(?:=(\S+))?", head).groups("")
        commands = re.search(r"^Commands: (.*)\.$", item[1], re.M)
        found[name] = (short, argument, commands.group(1).split(", ") if commands else [])
    return found


def words_of(path):
    """command -> long names, out of the lines of a completion that offer them."""
    text = read(path)
    found = {}
    if path.endswith(".bash"):
        for command, body in re.findall(r"^\s+(\w+)\) options='([^']*)'", text, re.M):
            found[command] = set(re.findall(r"--([a-z-]+)", body))
    elif path.endswith(".zsh"):
        for command, body in re.findall(r"^\s+\((\w+)\)\n((?:.*\n)*?)\s+;;", text, re.M):
            names = set(re.findall(r"--([a-z-]+)", body))
            for shared in re.findall(r"\$\{\(@\)(\w+_options)\}", body):
                names |= set(re.findall(r"--([a-z-]+)", re.search(r"^\s+%s=\(\n((?:.*\n)*?)\s+\)" % shared, text,
                                                                  re.M).group(1)))
            found[command] = names
    else:
        for commands, name in re.findall(r"__fish_seen_subcommand_from ([a-z ]+)' (?:-s \w )?-l ([a-z-]+)", text):
            for command in commands.split():
                found.setdefault(command, set()).add(name)
    return found


def differences(what, want, got):
    for key in sorted(set(want) | set(got)):
        if key not in got:
            yield "%s lacks %s" % (what, key)
        elif key not in want:
            yield "%s has %s, which is not there" % (what, key)
        elif isinstance(want, dict) and want[key] != got[key]:
            yield "%s: %s is %r, not %r" % (what, key, got[key], want[key])


def main():
    program = os.path.abspath(sys.argv[1])
    os.chdir(ROOT)
    options, rows, understood = table()
    tap.check("every row of the options table was understood", [] if 0 < rows == understood else
              ["%d of %d rows" % (understood, rows)])
    for command in options:
        tap.check("okrbook %s --help lists its options" % command,
                  differences("--help", options[command], from_help(program, command)))

    by_name = {}
    for command in options:
        for name, (short, argument) in options[command].items():
            by_name.setdefault(name, (short, argument, []))[2].append(command)
    everywhere = {name: (s, a, [] if len(c) == len(options) else c) for name, (s, a, c) in by_name.items()}
    tap.check("the man page has each option with its argument and its commands",
              differences("docs/okrbook.1", everywhere, from_man()))
    man = read("docs/okrbook.1")
    tap.check("the man page has each command",
              ["no .SS for " + command for command in options
               if not re.search(r"^\.B okrbook %s$|^\.SS .*\b%s\b" % (command, command), man, re.M)])
    top = subprocess.run([program, "--help"], stdout=subprocess.PIPE, check=True, universal_newlines=True).stdout
    statuses = set(re.findall(r"(?:^| )(\d+)  \S", top.split("Exit status:")[1], re.M))
    tap.check("the man page and README have the exit statuses of --help",
              list(differences("docs/okrbook.1", statuses, set(re.findall(r"^\.TP\n\.B (\d+)$", man, re.M)))) +
              list(differences("README.md", statuses, set(re.findall(r"^\| (\d+) \|", read("README.md"), re.M)))))
    for shell in ["bash", "zsh", "fish"]:
        path = "docs/install/okrbook." + shell
        got = words_of(path)
        tap.check("the completion for %s offers each command's options" % shell,
                  list(differences(path, set(options), set(got))) +
                  [p for command in options if command in got
                   for p in differences("%s, %s" % (path, command), set(options[command]), got[command])])
    for shell, check in [("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]), ("fish", ["fish", "-n"])]:
        done = subprocess.run(check + ["docs/install/okrbook." + shell], stderr=subprocess.PIPE,
                              universal_newlines=True)
        tap.check("%s can read its completion" % shell, [] if done.returncode == 0 else done.stderr.splitlines())
    bash = '. docs/install/okrbook.bash; COMP_WORDS=(%s); COMP_CWORD=%d; _okrbook okrbook "%s" "%s"; echo "${COMPREPLY[@]}"'
    for words, offered in [(["okrbook", "exp"], "export"), (["okrbook", "build", "--prof"], "--profile"),
                           (["okrbook", "check", "--format", "j"], "jsonl"),
                           (["okrbook", "build", "--profile", "=", "acc"], "accessible"),
                           (["okrbook", "export", "rej"], "rejects")]:
        script = bash % (" ".join(words), len(words) - 1, words[-1], words[-2])
        said = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, universal_newlines=True).stdout.strip()
        tap.check("bash completes '%s' to %s" % (" ".join(words), offered), [] if said == offered else ["got " + said])
    for line, offered in [("okrbook exp", "export"), ("okrbook build --prof", "--profile"),
                          ("okrbook build --profile acc", "accessible"), ("okrbook export rej", "rejects")]:
        said = subprocess.run(["fish", "-c", "source docs/install/okrbook.fish; complete -C '%s'" % line],
                              stdout=subprocess.PIPE, universal_newlines=True).stdout.split("\t")[0].strip()
        tap.check("fish completes '%s' to %s" % (line, offered), [] if said == offered else ["got " + said])
    done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "docs/okrbook.1"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, universal_newlines=True)
    tap.check("the man page is set without a warning", done.stderr.splitlines())
    tap.end()


main()
