# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bash and fish offer behind locustscope, asked as a Tab does."""
import os
import pty
import re
import select
import shutil
import subprocess
import time

import tap
from stage import Tree

# Started by the session's bus alone.
NOT_OFFERED = {"--gapplication-service"}
FILES = ["my run_stats_history.csv", "shop_stats_history.csv", "shop_stats_history.csv.gz",
         "shop_stats.csv", "shop.log", "shop.png", "shop_other.gz", "shop_folder/"]
STATISTICS = ["average", "min", "max", "total-average", "p50", "p66", "p75", "p80", "p90", "p95",
              "p98", "p99", "p99.9", "p99.99", "p100"]


def folder_with_files(folder):
    for name in FILES:
        path = os.path.join(folder, name)
        os.mkdir(path) if name.endswith("/") else open(path, "w").close()
    return folder


def options(tree):
    """Those of --help-all, with an = where they have a value."""
    said = subprocess.run([tree.program, "--help-all"], capture_output=True, text=True, check=True,
                          timeout=30).stdout
    found = re.findall(r"^  (?:-h, )?(--[a-z-]+)(=?)", said, re.MULTILINE)
    assert len(found) > 15, said
    return {name + value for name, value in found if name not in NOT_OFFERED}


class Bash:
    """An interactive one.  Ctrl+T puts all that is offered into the line, Ctrl+O prints it."""

    def __init__(self, tree, folder):
        script = tree.path("datadir", "bash-completion", "completions", "locustscope")
        rc = os.path.join(folder, ".rc")
        with open(rc, "w") as f:
            f.write(f"PS1='> '\nset +o history\n. '{script}'\n"
                    "bind 'set enable-bracketed-paste off'\nbind 'set bell-style none'\n"
                    "bind '\"\\C-t\": insert-completions'\n"
                    "bind -x '\"\\C-o\": printf \"<<%s>>\\n\" \"$READLINE_LINE\"'\n"
                    "printf '%s\\n' ready\n")
        pid, self.end = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.environ.update(TERM="dumb", HOME=folder, COLUMNS="4000", LC_ALL="C.UTF-8")
            os.execvp("bash", ["bash", "--noprofile", "--rcfile", rc, "-i"])
        self.pid = pid
        self.read_to(r"ready\r\n.*> ")

    def read_to(self, pattern):
        said, until = "", time.monotonic() + 20
        while not (found := re.search(pattern, said, re.DOTALL)):
            ready = select.select([self.end], [], [], max(0, until - time.monotonic()))[0]
            assert ready, f"bash said {said!r}"
            said += os.read(self.end, 65536).decode()
        return found

    def line(self, typed, key):
        """The whole line after @key was pressed behind what was @typed, which goes again."""
        os.write(self.end, (typed + key + "\x0f").encode())
        line = self.read_to("<<(.*?)>>\r\n")[1]
        os.write(self.end, b"\x15")
        return line

    def tab(self, arguments):
        return self.line("locustscope " + arguments, "\t").removeprefix("locustscope ")

    def offers(self, arguments):
        """All, as they are inserted in place of the last word."""
        line = self.line("locustscope " + arguments, "\x14")
        kept = arguments[:max(arguments.rfind(" "), arguments.rfind("=")) + 1]
        assert line.startswith("locustscope " + kept), line
        return re.findall(r"(?:\\.|[^\s\\])+", line.removeprefix("locustscope " + kept))

    def close(self):
        os.write(self.end, b"\x15exit\n")
        os.waitpid(self.pid, 0)
        os.close(self.end)


class Fish:
    def __init__(self, tree, folder):
        if not shutil.which("fish"):
            raise tap.Skip("there is no fish")
        self.folder = folder
        self.script = tree.path("datadir", "fish", "vendor_completions.d", "locustscope.fish")

    def offers(self, arguments):
        # What it asks about is no command on this machine.
        r = subprocess.run(["fish", "--no-config", "-c",
                            "source $argv[1]; complete -C \"locustscope $argv[2]\"", self.script,
                            arguments], capture_output=True, text=True, cwd=self.folder,
                           env=dict(os.environ, HOME=self.folder), timeout=60)
        assert (r.returncode, r.stderr) == (0, ""), r
        option = re.match(r"--[a-z-]+=", arguments)
        return [line.split("\t")[0].removeprefix(option[0] if option else "")
                for line in r.stdout.splitlines()]


def check_values(shell):
    """What both offer for values."""
    for arguments, wanted in (("--theme=", ["light", "dark"]),
                              ("--theme=d", ["dark"]),
                              ("--theme ", ["light", "dark"]),
                              ("--window=", ["block", "5", "10", "30", "60"]),
                              ("--throughput=", ["requests", "failures", "written"]),
                              ("--statistic=", STATISTICS),
                              ("--limit=", [s + "=" for s in
                                            STATISTICS + ["failures", "failure-share"]]),
                              ("--run=", []),
                              ("--endpoint=", [])):
        assert sorted(shell.offers(arguments)) == sorted(wanted), (arguments,
                                                                   shell.offers(arguments))


def bash_of(folder):
    tree = Tree(os.path.join(folder, "stage"))
    os.mkdir(os.path.join(folder, "home"))
    return tree, Bash(tree, folder_with_files(os.path.join(folder, "home")))


def fish_of(folder):
    tree = Tree(os.path.join(folder, "stage"))
    os.mkdir(os.path.join(folder, "home"))
    return tree, Fish(tree, folder_with_files(os.path.join(folder, "home")))


def test_bash_options(folder):
    """Each of the program's, and no other."""
    tree, bash = bash_of(folder)
    assert set(bash.offers("--")) == options(tree), set(bash.offers("--")) ^ options(tree)
    assert bash.tab("--log") == "--logarithmic "
    assert bash.tab("--them") == "--theme="  # without a blank: a value follows
    assert bash.tab("--theme=dark --win") == "--theme=dark --window="
    bash.close()


def test_bash_values(folder):
    tree, bash = bash_of(folder)
    check_values(bash)
    assert bash.tab("--theme=li") == "--theme=light "
    assert bash.tab("--limit=p66") == "--limit=p66="
    assert bash.offers("--limit=p95=") == []
    assert bash.tab("--export=out.s") == "--export=out.svg "
    assert bash.tab("--export=my\\ out.pd") == "--export=my\\ out.pdf "
    assert sorted(bash.offers("--export=out")) == ["out.csv", "out.pdf", "out.png", "out.svg"]
    assert "shop_stats_history.csv" not in bash.offers("--export=shop")
    assert "shop_folder" in bash.offers("--export=shop_f")
    bash.close()


def test_bash_files(folder):
    tree, bash = bash_of(folder)
    wanted = ["my\\ run_stats_history.csv", "shop_folder", "shop_other.gz", "shop_stats.csv",
              "shop_stats_history.csv", "shop_stats_history.csv.gz"]
    for arguments in ("", "--demo ", "--baseline=", "--baseline "):
        assert sorted(bash.offers(arguments)) == wanted, (arguments, bash.offers(arguments))
    assert bash.tab("my") == "my\\ run_stats_history.csv "
    assert bash.tab("my\\ r") == "my\\ run_stats_history.csv "
    assert bash.tab('"my r') == '"my run_stats_history.csv" '
    assert bash.tab("--baseline=my") == "--baseline=my\\ run_stats_history.csv "
    assert bash.tab("~/my") == "~/my\\ run_stats_history.csv "
    assert bash.tab("shop_f") == "shop_folder/"
    assert bash.tab("shop.l") == "shop.l"
    bash.close()


def test_fish_options(folder):
    tree, fish = fish_of(folder)
    offered, wanted = set(fish.offers("--")), {name.rstrip("=") for name in options(tree)}
    assert offered == wanted, offered ^ wanted


def test_fish_values(folder):
    tree, fish = fish_of(folder)
    check_values(fish)
    assert fish.offers("--export=out.s") == ["out.svg"]
    assert "my out.pdf" in fish.offers("--export=my\\ out")
    assert sorted(fish.offers("--export=out")) == ["out.csv", "out.pdf", "out.png", "out.svg"]
    assert "shop_stats_history.csv" not in fish.offers("--export=shop")
    assert "shop_folder/" in fish.offers("--export=shop")


def test_fish_files(folder):
    tree, fish = fish_of(folder)
    wanted = ["my run_stats_history.csv", "shop_folder/", "shop_other.gz", "shop_stats.csv",
              "shop_stats_history.csv", "shop_stats_history.csv.gz"]
    for arguments in ("", "--demo ", "--baseline=", "--baseline "):
        assert sorted(fish.offers(arguments)) == wanted, (arguments, fish.offers(arguments))
    assert fish.offers("my\\ r") == ["my run_stats_history.csv"]


tap.run(test_bash_options, test_bash_values, test_bash_files,
        test_fish_options, test_fish_values, test_fish_files)
