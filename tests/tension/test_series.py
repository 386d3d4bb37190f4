from __future__ import annotations

from datetime import date

from handmade import CAMP, FRONT, RAIDERS, TOWN, TROOPS, article, event, on, rolls_up
from valley import known, theatre

from detente.incidents import merge
from detente.records import Gap, Mention
from detente.reference.theatre import Coverage
from detente.tension import gaps, series

AS_OF = date(2031, 4, 15)


def test_acts_threats_and_posture_are_separate_lines_and_decompose(tmp_path):
    _, _, _, line, incidents, *_ = known(tmp_path, AS_OF)
    days = {each.day: each for each in line.days}
    assert days[date(2031, 3, 10)].acts == 1 and days[date(2031, 3, 10)].threats == 0
    assert days[date(2031, 3, 12)].acts == 1, "an attack by side a counts as well"
    assert days[date(2031, 3, 14)].acts == 0, "desert raiders are another pair's"
    assert days[date(2031, 4, 6)].threats == 1
    assert days[date(2031, 4, 2)].posture == 1
    assert days[date(2031, 3, 25)].withdrawal == 1
    titles = {each.id: each.title for each in incidents}
    assert [titles[key] for key in days[date(2031, 3, 10)].incidents] == ["Rockets hit Camp Birch; 2 killed"]
    assert days[date(2031, 3, 10)].conflict_score == -9.3
    assert sum(each.reports for each in line.days) == 20


def test_what_was_reported_later_is_not_in_an_earlier_series(tmp_path):
    early = known(tmp_path, date(2031, 3, 1))[3]
    assert early.days[-1].day == date(2031, 3, 1)
    assert sum(each.acts for each in early.days) == 4, "the attack of 1 March was printed on 2 March"


def test_an_unattributed_attack_on_a_hosting_site_counts_only_while_it_hosts(tmp_path):
    watched = theatre(tmp_path)
    made = []
    for day in ("2031-04-09", "2031-04-12"):
        report = article(f"r{day}", "Rockets hit Camp Birch.", day)
        made.append((report, event(report, "hit", place=CAMP, date=on(day))))
    articles = {report.id: report for report, _ in made}
    line = series(merge([each for _, each in made], articles), watched.dyads[0], as_of=AS_OF, articles=articles,
                  rolls_up=rolls_up, theatre=watched)  # fmt: skip
    assert {each.day.day: each.acts for each in line.days if each.acts} == {9: 1}


def test_a_site_named_as_the_target_counts_though_its_place_was_not_found(tmp_path):
    watched = theatre(tmp_path)
    report = article("r", "Rockets hit the Birch base. Shells struck a bakery.", "2031-02-02")
    for words, trigger, acts in (("the Birch base", "hit", 1), ("a bakery", "struck", 0)):
        aimed = event(report, trigger, date=on("2031-02-01"), recipients=(Mention(words),))
        line = series(
            merge([aimed], {"r": report}),
            watched.dyads[0],
            as_of=AS_OF,
            articles={"r": report},
            rolls_up=rolls_up,
            theatre=watched,
        )
        assert sum(each.acts for each in line.days) == acts


def test_an_affiliation_counts_from_its_day(tmp_path):
    owls = FRONT.__class__("the Night Owls", actor="valley.night-owls")
    dyad = theatre(tmp_path).dyads[0]
    made = []
    for day in ("2031-02-03", "2031-03-03"):
        report = article(f"r{day}", f"The Night Owls shot at Arland troops, report of {day}.", day)
        made.append((report, event(report, "shot", place=TOWN, date=on(day), actors=(owls,), recipients=(TROOPS,))))
    articles = {report.id: report for report, _ in made}
    line = series(merge([each for _, each in made], articles), dyad, as_of=AS_OF, articles=articles, rolls_up=rolls_up)
    assert [each.day.month for each in line.days if each.acts] == [3]


def test_silence_becomes_a_gap_per_source_and_for_all():
    reports = [article("a", "x", "2031-01-02"), article("b", "y", "2031-01-04", "Arland Post"),
               article("c", "z", "2031-01-30")]  # fmt: skip
    rules = Coverage(start=date(2031, 1, 1), sources=("Arland Post",), silent_days=10)
    found = gaps(reports, rules, until=date(2031, 2, 2))
    assert found == (
        Gap("all sources", date(2031, 1, 5), date(2031, 1, 29), "no report for more than 10 days"),
        Gap("Arland Post", date(2031, 1, 5), date(2031, 2, 2), "no report from it for more than 10 days"),
    )
    assert gaps([], None, until=date(2031, 2, 2)) == ()


def test_a_summary_and_a_retracted_report_add_no_act(tmp_path):
    from handmade import says

    from detente.records import Count, Mention

    dyad = theatre(tmp_path).dyads[0]
    report = article("m", "Troops were hit by two dozen attacks. Officials took back the strike.", "2031-03-05")
    officials = says(Mention("officials"))
    many = event(report, "hit", recipients=(TROOPS,), date=on("2031-03-04"), counts=(Count("attacks", 24, None),))
    said = event(
        report, "strike", recipients=(TROOPS,), date=on("2031-03-03"), place=CAMP, attribution=officials, key="s"
    )
    back = event(report, "strike", recipients=(TROOPS,), date=on("2031-03-03"), place=CAMP, modality="denied",
                 attribution=says(Mention("officials"), "denies"), key="t")  # fmt: skip
    incidents = merge([many, said, back], {"m": report}, rolls_up=rolls_up)
    line = series(incidents, dyad, as_of=AS_OF, articles={"m": report}, rolls_up=rolls_up)
    assert sum(each.acts for each in line.days) == 0
    assert RAIDERS.actor not in dyad.b
