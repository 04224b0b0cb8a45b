#!/usr/bin/env python3
"""Scores goals a second time, from the written rules alone and in exact fractions.

    oracle.py goals   GOALS CHECKINS AS_OF [NAME=VALUE ...]          a row a goal, as `export goals` computes it
    oracle.py teams   GOALS CHECKINS AS_OF [NAME=VALUE ...]          a row a team and cycle, as `export teams` does
    oracle.py compare GOALS CHECKINS TEAMS AS_OF [NAME=VALUE ...]    differences from the exports themselves; 1 if any
    oracle.py random  SEED FOLDER                                    goals.csv and checkins.csv of an invented plan
    oracle.py trials  PROGRAM FIRST LAST FOLDER                      the program on the plans of those seeds; 1 if any differs

GOALS is what `export goals` wrote (only its input columns are read, and for the team rates the columns of the judged
statement), CHECKINS what `export checkins` wrote, TEAMS what `export teams` wrote. Settings: missing, threshold.mode,
threshold.inclusive.
"""
import csv
import datetime
import random
import statistics
import subprocess
import sys
from fractions import Fraction as F

GOAL_COLUMNS = ("computed_score raw expected pace band met forecast confidence_trend checkins last_checkin "
                "checkin_rate linked").split()
TEAM_COLUMNS = ("objectives key_results goals initiatives scored computed_score score_missing_zero expected pace "
                "outcome_rate smart_rate checkin_rate linked_rate owner_rate baseline_rate confidence previous_score "
                "change").split()
SUCCESS = F(7, 10)
ANY = "?"  # the rules ask for no value here: whatever the export shows is right


# ---- reading ------------------------------------------------------------------------------------------------------

def number(text):
    return F(text) if text.strip() else None


def day(text):
    return datetime.date.fromisoformat(text) if text.strip() else None


def text_of(cell):
    """A leading apostrophe only keeps a spreadsheet from calculating."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r") else cell


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [{k: text_of(v or "") for k, v in row.items() if k} for row in csv.DictReader(file)]


def cycle_days(name, goals):
    """First and last day by the canonical name, else by the goals that stand in it."""
    head, _, tail = name.partition("-")
    months = None
    if head.isdigit() and len(head) == 4:
        year = int(head)
        if not tail:
            months = (1, 12)
        elif tail.isdigit():
            months = (int(tail), int(tail))
        elif tail[0] in "QHT" and tail[1:].isdigit():
            length = {"Q": 3, "H": 6, "T": 4}[tail[0]]
            months = ((int(tail[1:]) - 1) * length + 1, int(tail[1:]) * length)
    if months and 1 <= months[0] and months[1] <= 12:
        after = datetime.date(year + months[1] // 12, months[1] % 12 + 1, 1)
        return datetime.date(year, months[0], 1), after - datetime.timedelta(days=1), months[1] - months[0] + 1
    starts = [g.start for g in goals if g.start]
    dues = [g.due for g in goals if g.due]
    return min(starts, default=None), max(dues, default=None), 0


class Goal:
    def __init__(self, row, ix):
        self.row, self.ix, self.id = row, ix, row["id"]
        self.cycle, self.team, self.level, self.kind = (row[k] for k in ("cycle", "team", "level", "kind"))
        self.parents = [p.strip() for p in row["parent_id"].split(";") if p.strip()]
        self.owners = [o for o in row["owner"].split(";") if o.strip()]
        self.start, self.due = day(row["start"]), day(row["due"])
        for key in ("baseline", "target", "current", "weight", "progress", "score", "confidence"):
            setattr(self, key, number(row[key]))
        self.phases = [(day(p.partition(":")[0].strip()), number(p.partition(":")[2]))
                       for p in (row.get("phased_targets") or "").split(";") if p.strip()]
        self.direction, self.ambition, self.status = row["direction"], row["ambition"], row["status"]
        self.above, self.below = [], []
        self.seen = []  # check-ins up to the as-of date

    @property
    def is_objective(self):
        return self.kind == "objective"

    @property
    def has_rhythm(self):
        return self.kind in ("key_result", "goal")

    @property
    def is_left_out(self):
        return not self.is_objective and self.ambition in ("learning", "directional")


class Plan:
    def __init__(self, goals_path, checkins_path, as_of, settings):
        self.settings = settings
        self.goals = [Goal(row, i) for i, row in enumerate(rows_of(goals_path))]
        self.by_id = {g.id: g for g in self.goals}
        for goal in self.goals:
            for parent in dict.fromkeys(goal.parents):
                other = self.by_id.get(parent)
                if other and other is not goal:
                    goal.above.append(other)
                    other.below.append(goal)
        names = dict.fromkeys(g.cycle for g in self.goals)
        self.cycles = {n: cycle_days(n, [g for g in self.goals if g.cycle == n]) for n in names}
        for goal in self.goals:
            first, last, _ = self.cycles[goal.cycle]
            goal.start, goal.due = goal.start or first, goal.due or last
            goal.is_closed = last is not None and last < as_of
            goal.as_of = last if goal.is_closed else as_of
        for row in rows_of(checkins_path):
            goal = self.by_id.get(row["goal_id"])
            if goal and day(row["date"]) <= goal.as_of:
                goal.seen.append((day(row["date"]), len(goal.seen), row))
        for goal in self.goals:
            goal.seen.sort(key=lambda item: item[:2])
        self.as_of = as_of
        for goal in self.goals:
            if not goal.is_objective:
                self.measure(goal)
        for goal in self.goals:
            if goal.is_objective:
                goal.score_memo = {}
        for goal in self.goals:
            if goal.is_objective:
                goal.result = self.objective(goal, self.settings["missing"])
                goal.plain = self.objective(goal, "exclude")
                goal.zero = self.objective(goal, "zero") or F(0)
                goal.raw = None if goal.result is None or self.is_rolled_up(goal) else self.stated(goal)
        for goal in self.goals:
            self.judge(goal)

    # ---- one goal -------------------------------------------------------------------------------------------------

    def daily(self, goal, key):
        """One value a day: of two on a day the later row stands for the day."""
        values = {}
        for date, _, row in goal.seen:
            if row[key].strip():
                values[date] = number(row[key])
        return sorted(values.items())

    def stated(self, goal):
        for key in ("score", "progress"):
            values = self.daily(goal, key)
            if values:
                return values[-1][1]
            if getattr(goal, key) is not None:
                return getattr(goal, key)
        return None

    def measure(self, goal):
        values = self.daily(goal, "value")
        goal.values = values
        goal.now = values[-1][1] if values else goal.current
        goal.base, goal.base_known = goal.baseline, goal.baseline is not None
        if goal.base is None:
            inside = [v for v in values if goal.start and v[0] >= goal.start]
            if inside and (inside[0][0] - goal.start).days * 10 <= (goal.due - goal.start).days:
                goal.base, goal.base_known = inside[0][1], True
            elif goal.direction == "increase":
                goal.base = F(0)
        goal.raw, goal.is_metric = None, False
        if not goal.is_left_out:
            if goal.direction == "milestone":
                goal.raw = self.milestone(goal)
            else:
                goal.raw = self.metric(goal)
                goal.is_metric = goal.raw is not None
                if goal.raw is None:
                    goal.raw = self.stated(goal)
        goal.result = None if goal.raw is None else min(max(goal.raw, F(0)), F(1))
        goal.plain, goal.zero = goal.result, goal.result or F(0)

    def milestone(self, goal):
        states = [row["status"] for _, _, row in goal.seen if row["status"].strip()]
        if goal.status == "done" or (states and states[-1] == "done"):
            return F(1)
        if goal.target is not None and goal.now is not None and goal.now >= goal.target:
            return F(1)
        progress = self.daily(goal, "progress")
        stated = progress[-1][1] if progress else goal.progress
        if stated is None:
            stated = self.stated(goal)
        return F(0) if stated is None else stated

    def meets(self, goal, value):
        if self.settings["threshold.inclusive"] == "no" and value == goal.target:
            return False
        return value >= goal.target if goal.direction == "at_least" else value <= goal.target

    def metric(self, goal):
        if goal.target is None or goal.now is None:
            return None
        if goal.direction in ("at_least", "at_most"):
            met = [self.meets(goal, v) for _, v in goal.values] or [self.meets(goal, goal.now)]
            mode = self.settings["threshold.mode"]
            if mode == "share":
                return F(sum(met), len(met))
            return F(int(all(met) if mode == "worst" else met[-1]))
        return self.way(goal, goal.now)

    def way(self, goal, value):
        if goal.base is None:
            return None
        if goal.base == goal.target:
            return F(int(value <= goal.target if goal.direction == "decrease" else value >= goal.target))
        return (value - goal.base) / (goal.target - goal.base)

    # ---- means ----------------------------------------------------------------------------------------------------

    @staticmethod
    def weight(goal):
        return F(1) if goal.weight is None else goal.weight

    def team_kids(self, goal):
        return [g for g in goal.below if g.team == goal.team and self.weight(g) > 0 and not g.is_left_out]

    @staticmethod
    def reaches(goal, other):
        """Whether a path of child objectives of the team leads from goal down to other."""
        todo, seen = [goal], set()
        while todo:
            at = todo.pop()
            if at is other:
                return True
            if at.ix not in seen:
                seen.add(at.ix)
                todo += [g for g in at.below if g.is_objective and g.team == at.team]
        return False

    def bases(self, goal):
        kids = self.team_kids(goal)
        parts = [g for g in kids if g.has_rhythm]
        children = [g for g in kids if g.is_objective and not self.reaches(g, goal)]
        children = [g for g in children
                    if not (g.ambition in ("learning", "directional") and self.objective(g, "exclude") is None)]
        return parts, children

    def value(self, part, mode):
        if part.is_objective:
            return self.objective(part, mode)
        return part.result

    def objective(self, goal, mode):
        if mode not in goal.score_memo:
            goal.score_memo[mode] = self.mean_of_objective(goal, mode)
        return goal.score_memo[mode]

    def mean_of_objective(self, goal, mode):
        parts, children = self.bases(goal)
        stated = self.stated(goal)
        stated = None if stated is None else min(max(stated, F(0)), F(1))
        if goal.ambition in ("learning", "directional") and not any(
                self.mean(basis, "exclude") is not None for basis in (parts, children)):
            return None
        if mode != "exclude":
            basis = parts or children
            return self.mean(basis, mode) if basis else stated
        for basis in (parts, children):
            score = self.mean(basis, mode)
            if score is not None:
                return score
        return stated

    def is_rolled_up(self, goal):
        parts, children = self.bases(goal)
        if self.settings["missing"] != "exclude":
            return bool(parts or children)
        return any(self.mean(basis, "exclude") is not None for basis in (parts, children))

    def mean(self, parts, mode):
        total = weights = F(0)
        for part in parts:
            score = self.value(part, mode)
            if score is None:
                if mode == "exclude":
                    continue
                if mode == "block":
                    return None
                score = F(0)
            total += self.weight(part) * score
            weights += self.weight(part)
        return total / weights if weights else None

    # ---- what a score means ---------------------------------------------------------------------------------------

    def judge(self, goal):
        goal.is_over = goal.due < goal.as_of or (goal.is_closed and goal.due == goal.as_of)
        goal.elapsed = expected(goal.start, goal.due, goal.as_of)
        goal.expected = bent(goal, goal.elapsed)
        goal.is_success = is_success(goal.result, "committed" if goal.ambition == "" else goal.ambition)
        goal.band = band(goal.result, goal.raw)
        goal.pace = pace(goal.result, goal.expected, goal.is_success, goal.is_over, goal.elapsed)
        goal.met = ("" if goal.result is None else
                    "yes" if goal.is_success else "no" if goal.is_over else "pending")
        goal.forecast = self.forecast(goal)
        confidences = [v for _, v in self.daily(goal, "confidence")]
        before = confidences[-4:-1]
        goal.trend = confidences[-1] - sum(before) / len(before) if before else None
        goal.last_confidence = confidences[-1] if confidences else goal.confidence
        goal.windows = self.windows(goal)
        goal.linked = ANY
        if goal.level in ("team", "individual") and goal.kind != "initiative":
            goal.linked = "yes" if is_linked(goal) else "no"

    def forecast(self, goal):
        if goal.is_objective or not goal.is_metric or goal.result is None:
            return None
        if goal.is_over:
            return goal.result
        if len(goal.values) >= 3:
            last = goal.values[-200:]
            slope = statistics.median((b[1] - a[1]) / (b[0] - a[0]).days
                                      for i, a in enumerate(last) for b in last[i + 1:])
        elif goal.as_of <= goal.start or goal.base is None:
            return None
        else:
            slope = (goal.now - goal.base) / (goal.as_of - goal.start).days
        value = goal.now + slope * (goal.due - goal.as_of).days
        if goal.direction in ("at_least", "at_most"):
            return F(int(self.meets(goal, value)))
        return min(max(self.way(goal, value), F(0)), F(1))

    @staticmethod
    def windows(goal):
        """(with a check-in, complete)"""
        if not goal.has_rhythm:
            return 0, 0
        length = 7 if goal.kind == "key_result" else 31
        hit = complete = 0
        first = goal.start
        while True:
            last = first + datetime.timedelta(days=length - 1)
            if last > goal.as_of or last > goal.due:
                return hit, complete
            complete += 1
            hit += any(first <= date <= last for date, _, _ in goal.seen)
            first = last + datetime.timedelta(days=1)

    # ---- teams ----------------------------------------------------------------------------------------------------

    def team(self, name, cycle):
        goals = [g for g in self.goals if g.team == name and g.cycle == cycle]
        parts = []
        for goal in goals:
            if goal.is_objective:
                if not (goal.ambition in ("learning", "directional") and goal.plain is None):
                    parts.append(goal)
            elif goal.has_rhythm and not goal.is_left_out and not has_above(goal, "objective") and \
                    not (goal.kind == "goal" and has_above(goal, "key_result")):
                parts.append(goal)
        scored = [g for g in parts if g.result is not None]
        mode = self.settings["missing"]
        if mode == "zero":
            score = mean([g.zero for g in parts])
        elif mode == "block":
            score = None if any(g.result is None for g in parts) else mean([g.result for g in parts])
        else:
            score = mean([g.result for g in scored])
        last = self.cycles[cycle][1]
        row = {"score": score, "zero": mean([g.zero for g in parts]), "scored": len(scored),
               "expected": mean([g.expected for g in scored])}
        row["pace"] = pace(score, row["expected"], is_success(score, "stretch"), last < self.as_of)
        rhythm = [g for g in goals if g.has_rhythm]
        key_results = [g for g in goals if g.kind == "key_result"]
        asked = [g for g in goals if g.linked != ANY]
        targets = [g for g in rhythm if g.target is not None and g.direction != "milestone"]
        row["outcome"] = share([g.row["class"] == "outcome" for g in key_results])
        row["smart"] = share([g.row["specific"] == "yes" and g.row["timebound"] == "yes" and
                              g.row["measurable"] in ("yes", "binary") and g.row["achievable"] != "no" and
                              g.row["relevant"] != "no" for g in rhythm])
        complete = sum(g.windows[1] for g in rhythm)
        row["checkin"] = F(sum(g.windows[0] for g in rhythm), complete) if complete else None
        row["linked"] = share([g.linked == "yes" for g in asked])
        row["owner"] = share([len(g.owners) == 1 for g in rhythm])
        row["baseline"] = share([g.base_known for g in targets])
        row["confidence"] = mean([g.last_confidence for g in rhythm if g.last_confidence is not None])
        row["counts"] = [sum(g.kind == k for g in goals) for k in ("objective", "key_result", "goal", "initiative")]
        return row

    def previous_cycle(self, cycle):
        start, _, months = self.cycles[cycle]
        earlier = [(last, name) for name, (_, last, length) in self.cycles.items()
                   if length == months and last < start]
        return max(earlier)[1] if earlier else None

    def goal_rows(self):
        for g in self.goals:
            hit, complete = g.windows
            yield g, [g.result, g.raw, g.expected, g.pace, g.band, g.met, g.forecast, g.trend, len(g.seen),
                      g.seen[-1][0].isoformat() if g.seen else "", F(hit, complete) if complete else None, g.linked]

    def team_rows(self):
        for cycle in self.cycles:
            for name in dict.fromkeys(g.team for g in self.goals if g.cycle == cycle):
                row = self.team(name, cycle)
                earlier = self.previous_cycle(cycle)
                before = None
                if earlier and any(g.team == name and g.cycle == earlier for g in self.goals):
                    before = self.team(name, earlier)["score"]
                change = None if before is None or row["score"] is None else row["score"] - before
                yield (cycle, name), row["counts"] + [
                    row["scored"], row["score"], row["zero"], row["expected"], row["pace"], row["outcome"],
                    row["smart"], row["checkin"], row["linked"], row["owner"], row["baseline"], row["confidence"],
                    before, change]


def mean(values):
    return sum(values, F(0)) / len(values) if values else None


def share(answers):
    return F(sum(answers), len(answers)) if answers else None


def expected(start, due, as_of):
    if due <= start:
        return F(int(as_of >= due))
    return min(max(F((as_of - start).days, (due - start).days), F(0)), F(1))


def bent(goal, elapsed):
    """The expected progress over the targets on the way, by straight lines between them."""
    base = None if goal.is_objective else goal.base
    if goal.direction not in ("increase", "decrease") or None in (base, goal.target) or base == goal.target or \
            not 0 < elapsed < 1:
        return elapsed
    points = [(goal.start, base)] + [p for p in goal.phases if goal.start < p[0] < goal.due] + [(goal.due, goal.target)]
    for (first, low), (last, high) in zip(points, points[1:]):
        if first <= goal.as_of < last:
            value = low + (high - low) * F((goal.as_of - first).days, (last - first).days)
            return min(max((value - base) / (goal.target - base), F(0)), F(1))
    return elapsed


def two_decimals(score):
    """Half up."""
    return F((score * 100 + F(1, 2)).__floor__(), 100)


def is_success(score, ambition):
    if score is None:
        return False
    return two_decimals(score) >= SUCCESS if ambition == "stretch" else score >= 1


def band(score, raw):
    if score is None:
        return ""
    if raw is not None and raw > 1:
        return "exceeded"
    shown = two_decimals(score)
    return "red" if shown <= F(3, 10) else "green" if shown >= SUCCESS else "amber"


def pace(score, expected_now, success, is_over, elapsed=None):
    if score is None:
        return "no_data"
    if score >= 1:
        return "done"
    if is_over:
        return "done" if success else "missed"
    if expected_now is None:
        return "no_data"
    if (expected_now if elapsed is None else elapsed) < F(1, 10):
        return "too_early"
    gap = expected_now - score
    return "on_track" if gap <= F(1, 20) else "at_risk" if gap <= F(1, 4) else "off_track"


def in_circle(goal):
    todo, seen = list(goal.above), set()
    while todo:
        at = todo.pop()
        if at is goal:
            return True
        if at.ix not in seen:
            seen.add(at.ix)
            todo += at.above
    return False


def is_linked(goal):
    todo, seen = [goal], set()
    while todo:
        at = todo.pop()
        if at is not goal and at.is_objective and at.level == "company":
            return True
        if at.ix in seen or in_circle(at):
            continue
        seen.add(at.ix)
        todo += at.above
    return False


def has_above(goal, kind):
    """A goal of the kind above it, in its own team and cycle."""
    todo, seen = [goal], set()
    while todo:
        at = todo.pop()
        for parent in at.above:
            if (parent.team, parent.cycle) != (goal.team, goal.cycle) or parent.ix in seen:
                continue
            if parent.kind == kind:
                return True
            seen.add(parent.ix)
            todo.append(parent)
    return False


# ---- writing and comparing ------------------------------------------------------------------------------------------

def shown(value):
    if value is None or value is ANY:
        return ""
    if isinstance(value, F):
        return "%.10g" % float(value)
    return str(value)


def is_same(want, got):
    if want is ANY:
        return True
    if isinstance(want, (F, int)) or want is None:
        got = got.strip()
        if want is None or not got:
            return want is None and not got
        return abs(float(want) - float(got)) <= 1e-6
    return want == got


def compare(plan, teams_path):
    wrong = 0
    for goal, values in plan.goal_rows():
        for column, want in zip(GOAL_COLUMNS, values):
            if not is_same(want, goal.row[column]):
                wrong += 1
                print(f"goal {goal.id}: {column} is '{goal.row[column]}', expected '{shown(want)}'")
    exported = {(row["cycle"], row["team"]): row for row in rows_of(teams_path)}
    for key, values in plan.team_rows():
        row = exported.pop(key, None)
        if row is None:
            wrong += 1
            print(f"team {key[1]}: no row for {key[0]}")
            continue
        for column, want in zip(TEAM_COLUMNS, values):
            if not is_same(want, row[column]):
                wrong += 1
                print(f"team {key[1]}, {key[0]}: {column} is '{row[column]}', expected '{shown(want)}'")
    for cycle, team in exported:
        if exported[cycle, team]["scored"] not in ("", "0"):
            wrong += 1
            print(f"team {team}: a row for {cycle} that has no goals")
    return 1 if wrong else 0


# ---- invented plans -------------------------------------------------------------------------------------------------

WORDS = ("amber birch cedar delta ember fjord grove harbor inlet juniper kelp larch meadow north orchard prairie "
         "quarry ridge spruce tundra upland valley willow yarrow").split()
HEAD = ("cycle,team,level,kind,id,parent_id,title,owner,start,due,baseline,target,current,unit,direction,ambition,"
        "weight,progress,score,status,confidence,phased_targets").split(",")
CHECKIN_HEAD = "goal_id,date,value,progress,score,confidence,status".split(",")


def random_goal(r, ix, so_far, team, cycle):
    kind = r.choice(["objective", "objective", "key_result", "key_result", "key_result", "key_result", "goal", "goal",
                     "initiative"])
    level = "company" if team == "Head office" else r.choice(["team", "team", "team", "individual"])
    row = dict.fromkeys(HEAD, "")
    row.update(cycle=cycle, team=team, level=level, kind=kind, id=f"g-{ix:03d}",
               title=" ".join(r.sample(WORDS, 3)), owner="; ".join(r.sample(["Ada Lind", "Bo Carr", "Cy Dunn"],
                                                                           r.choice([0, 1, 1, 1, 2]))))
    near = [g["id"] for g in so_far if g["team"] == team and g["cycle"] == cycle and g["kind"] in
            (("objective",) if kind in ("objective", "key_result") else ("objective", "key_result"))]
    heads = [g["id"] for g in so_far if g["level"] == "company" and g["kind"] == "objective"]
    parents = []
    if near and r.random() < 0.75:
        parents.append(r.choice(near))
    if heads and r.random() < (0.5 if kind == "objective" else 0.15):
        parents.append(r.choice(heads))
    if r.random() < 0.04:
        parents = ["g-999"]
    row["parent_id"] = "; ".join(dict.fromkeys(parents))
    row["ambition"] = r.choice(["", "", "stretch", "committed", "committed", "learning", "directional"])
    row["weight"] = r.choice(["", "", "", "0", "1", "2", "0.5"])
    row["status"] = r.choice(["", "not_started", "in_progress", "on_track", "at_risk", "off_track", "done", "missed",
                              "cancelled", "postponed"])
    year, quarter = int(cycle[:4]), int(cycle[-1])
    if r.random() < 0.4:
        first = datetime.date(year, quarter * 3 - 2, 1) + datetime.timedelta(days=r.randrange(0, 40))
        row["start"] = first.isoformat()
        row["due"] = (first + datetime.timedelta(days=r.choice([0, 1, 10, 20, 30, 50]))).isoformat()
    if kind != "objective":
        shape = r.choice(["up", "up", "up", "down", "least", "most", "milestone", "stated", "nothing"])
        low, high = sorted(r.sample(range(-20, 120), 2))
        if shape in ("up", "down"):
            row["direction"] = {"up": "increase", "down": "decrease"}[shape]
            row["baseline"], row["target"] = (str(v) for v in ((low, high) if shape == "up" else (high, low)))
            if r.random() < 0.2:
                days = sorted(r.sample(range(-5, 95), r.choice([1, 2, 4])))
                first = datetime.date(year, quarter * 3 - 2, 1)
                row["phased_targets"] = "; ".join(f"{first + datetime.timedelta(days=d)}: {r.randrange(low, high + 9)}"
                                                  for d in days)
            if r.random() < 0.1:
                row["target"] = row["baseline"]
            if r.random() < 0.3:
                row["baseline"] = ""
        elif shape in ("least", "most"):
            row["direction"] = "at_" + shape
            row["target"] = str(high)
            row["baseline"] = r.choice(["", str(low)])
        elif shape == "milestone":
            row["direction"] = "milestone"
        if shape not in ("stated", "nothing", "milestone") and r.random() < 0.7:
            row["current"] = str(r.choice([low, high, (low + high) // 2, low - 5, high + 5,
                                           round(low + (high - low) * 0.695, 3)]))
    if r.random() < 0.3:
        row["progress"] = str(r.choice([0, 0.25, 0.3, 0.695, 0.7, 1, 1.2]))
    if r.random() < 0.15:
        row["score"] = str(r.choice([0.1, 0.305, 0.6, 0.694, 1]))
    if r.random() < 0.3:
        row["confidence"] = str(r.choice([0.2, 0.5, 0.9]))
    return row


def random_checkins(r, goal):
    year, quarter = int(goal["cycle"][:4]), int(goal["cycle"][-1])
    first = datetime.date(year, quarter * 3 - 2, 1)
    value = r.randrange(-20, 120)
    n_dates = r.choice([0, 0, 1, 2, 3, 5, 9])
    dates = sorted(first + datetime.timedelta(days=r.randrange(-5, 100)) for _ in range(n_dates))
    for date in dates:
        value += r.randrange(-6, 12)
        for _ in range(r.choice([1, 1, 1, 1, 2])):
            row = dict.fromkeys(CHECKIN_HEAD, "")
            row.update(goal_id=goal["id"], date=date.isoformat())
            if r.random() < 0.8:
                row["value"] = str(value + r.randrange(0, 2))
            if r.random() < 0.5:
                row["confidence"] = str(r.randrange(0, 11) / 10)
            if r.random() < 0.15:
                row["progress"] = str(r.choice([0.2, 0.5, 0.8, 1.1]))
            if r.random() < 0.1:
                row["score"] = str(r.choice([0.2, 0.5, 0.8]))
            if r.random() < 0.3:
                row["status"] = r.choice(["on_track", "at_risk", "done"])
            yield row


def write_random(seed, folder):
    r = random.Random(seed)
    goals = []
    for ix in range(r.choice([3, 12, 40])):
        team = r.choice(["Head office", "Alder", "Alder", "Beech", "Cedar"])
        goals.append(random_goal(r, ix, goals, team, r.choice(["2026-Q2", "2026-Q3", "2026-Q3"])))
    if r.random() < 0.2:
        objectives = [g for g in goals if g["kind"] == "objective"]
        for one, other in zip(objectives, objectives[1:3]):
            one["parent_id"], other["parent_id"] = other["id"], one["id"]
    checkins = [row for goal in goals for row in random_checkins(r, goal)]
    for name, head, rows in (("goals.csv", HEAD, goals), ("checkins.csv", CHECKIN_HEAD, checkins)):
        with open(f"{folder}/{name}", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, head, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


DEFAULTS = {"missing": "exclude", "threshold.mode": "last", "threshold.inclusive": "yes"}
# The days and settings that the trials go through; their counts have no common divisor.
DAYS = ("2026-08-15", "2026-07-05", "2026-09-30", "2026-10-01", "2026-09-01")
SETS = ({}, {"missing": "zero"}, {"missing": "block"}, {"threshold.mode": "share"},
        {"threshold.mode": "worst", "threshold.inclusive": "no"}, {})


def trial(program, seed, folder):
    write_random(seed, folder)
    as_of, sets = DAYS[seed % len(DAYS)], SETS[seed % len(SETS)]
    for table in ("goals", "checkins", "teams"):
        command = [program, "export", table, "--as-of", as_of, "--goals", f"{folder}/goals.csv",
                   "--checkins", f"{folder}/checkins.csv", "--fail-on", "never"]
        for name, value in sets.items():
            command += ["--set", f"{name}={value}"]
        with open(f"{folder}/exported-{table}.csv", "w", encoding="utf-8") as out:
            subprocess.run(command, stdout=out, check=True)
    plan = Plan(f"{folder}/exported-goals.csv", f"{folder}/exported-checkins.csv", day(as_of), {**DEFAULTS, **sets})
    if len(plan.goals) != len(rows_of(f"{folder}/goals.csv")):
        print("goals were lost or added")
        return 1
    return compare(plan, f"{folder}/exported-teams.csv")


def trials(program, first, last, folder):
    for seed in range(first, last + 1):
        if trial(program, seed, folder):
            print(f"plan {seed}, as of {DAYS[seed % len(DAYS)]}, {SETS[seed % len(SETS)]}")
            return 1
    return 0


def main(arguments):
    if len(arguments) == 3 and arguments[0] == "random":
        write_random(int(arguments[1]), arguments[2])
        return 0
    if len(arguments) == 5 and arguments[0] == "trials":
        return trials(arguments[1], int(arguments[2]), int(arguments[3]), arguments[4])
    settings = dict(DEFAULTS)
    while arguments and "=" in arguments[-1]:
        name, _, value = arguments.pop().partition("=")
        settings[name] = value
    if len(arguments) == 5 and arguments[0] == "compare":
        return compare(Plan(arguments[1], arguments[2], day(arguments[4]), settings), arguments[3])
    if len(arguments) != 4 or arguments[0] not in ("goals", "teams"):
        print(__doc__, file=sys.stderr)
        return 64
    plan = Plan(arguments[1], arguments[2], day(arguments[3]), settings)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if arguments[0] == "goals":
        writer.writerow(["id"] + GOAL_COLUMNS)
        for goal, values in plan.goal_rows():
            writer.writerow([goal.id] + [shown(v) for v in values])
    else:
        writer.writerow(["cycle", "team"] + TEAM_COLUMNS)
        for key, values in plan.team_rows():
            writer.writerow(list(key) + [shown(v) for v in values])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
