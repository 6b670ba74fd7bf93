"""A book with a fault is refused as a whole, with file, line, key and how to mend it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.law.reader import BrokenRulebook, Placed, read_files, read_folder

GOOD = """\
book = "Thử"

[[limit]]
id = "reply"
term = "Trả lời"
start = "received"

  [[limit.valid]]
  from = 2014-07-01
  until = 2026-06-30
  days = 10
  unit = "working_day"
  article = "Điều 28"
  verified = true

  [[limit.valid]]
  from = 2026-07-01
  days = 7
  unit = "working_day"
  article = "Điều 28a"
  verified = false

[[list]]
id = "ground"
term = "Căn cứ"

  [[list.entry]]
  code = "weapon"
  term = "Vũ khí"
  from = 2026-07-01
  article = "Điều 4"
  verified = true
"""

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def to_file(text: str) -> Path:
        path = tmp_path / "thu.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def faults_of(*paths: Path) -> tuple[Placed, ...]:
    with pytest.raises(BrokenRulebook) as refused:
        read_files(paths)
    assert str(refused.value) == "\n".join(map(str, refused.value.faults))
    return refused.value.faults


def test_a_good_book_is_read_version_by_version(write: Write) -> None:
    edition = read_files([write(GOOD)])
    assert [line["id"] for line in edition.lines] == ["reply", "reply", "ground"]
    assert edition.lines[0]["from"] == "2014-07-01"
    assert edition.lines[2]["list_term"] == "Căn cứ"


MUTATIONS = [
    ("from = 2026-07-01\n  days",
     "from = 2026-07-03\n  days",
     17, "reply", "from", "không có quy định reply"),
    ("from = 2026-07-01\n  days",
     "from = 2026-06-30\n  days",
     17, "reply", "from", "hai phiên bản"),
    ("  until = 2026-06-30\n", "", 16, "reply", "from", "hai phiên bản"),
    ('"working_day"\n  article = "Điều 28a"',
     '"week"\n  article = "Điều 28a"',
     19, "reply", "unit", "“week” không có"),
    ('start = "received"', 'start = "arrived"', 6, "reply", "start", "“arrived” không có"),
    ('start = "received"',
     'start = "received"\nwhen = ["urgent"]',
     7, "reply", "when", "“urgent” không có"),
    ('  article = "Điều 28a"\n', "", 16, "reply", "article", "thiếu khóa này"),
    ('  article = "Điều 28a"\n', '  article = " "\n', 20, "reply", "article", "không để trống"),
    ("  verified = false\n", "", 16, "reply", "verified", "thiếu khóa này"),
    ("  verified = false\n", '  verified = "no"\n', 21, "reply", "verified", "true hoặc false"),
    ("  days = 7\n", "  days = 7\n  hours = 2\n", 19, "reply", "hours", "không có khóa này"),
    ("  days = 7\n", "  days = 0\n", 18, "reply", "days", "số nguyên dương"),
    ("  days = 7\n", '  days = "7"\n', 18, "reply", "days", "số nguyên dương"),
    ("from = 2026-07-01\n  days",
     'from = "1/7/2026"\n  days',
     17, "reply", "from", "không phải một ngày"),
    ("from = 2026-07-01\n  days",
     "from = 2026-07-01T00:00:00\n  days",
     17, "reply", "from", "không phải một ngày"),
    ("from = 2026-07-01\n  days", "from = 1026-07-01\n  days", 17, "reply", "from", "năm 1026"),
    ("  until = 2026-06-30\n",
     "  until = 2014-06-30\n",
     10, "reply", "until", "ngày cuối trước ngày đầu"),
    ('id = "reply"', 'id = "Trả lời"', 4, "Trả lời", "id", "không phải mã"),
    ("  from = 2026-07-01\n  article",
     "  from = 2026-07-01\n  until = 2026-12-31\n  article",
     31, "ground", "until", "không có gì thay"),
    ('code = "weapon"\n', "", 27, "ground", "code", "thiếu khóa này"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "line", "rule", "key", "reason"), MUTATIONS)
def test_a_mutated_book_is_refused_with_its_place(
    write: Write, was: str, now: str, line: int, rule: str, key: str, reason: str
) -> None:
    assert GOOD.count(was) == 1
    found = faults_of(write(GOOD.replace(was, now)))
    told = [(each.file, each.line, each.rule, each.key) for each in found]
    assert ("thu.toml", line, rule, key) in told, found
    fault = next(each for each in found if each.key == key and each.line == line)
    assert reason in fault.reason
    assert fault.mend


UNREADABLE = [
    ("from = 2026-07-32", "TOML", "không đọc được"),
    ("[[limit]\n", "TOML", "không đọc được"),
    ('term = "Không có tên sách"', "book", "thiếu tên bộ quy tắc"),
    ('book = "Thử"\nlimit = 3', "limit", "không phải một dãy bảng"),
    ('book = "Thử"\n[[limit]]\nid = "x"\nvalid = 3', "limit.valid", "không phải một dãy bảng"),
    ('book = "Thử"\n[[list]]\nid = "x"\nterm = "X"', "list.entry", "để trống"),
]


@pytest.mark.parametrize(("text", "key", "reason"), UNREADABLE)
def test_what_is_no_book_at_all_is_named(write: Write, text: str, key: str, reason: str) -> None:
    (fault,) = faults_of(write(text))
    assert (fault.file, fault.key) == ("thu.toml", key)
    assert reason in fault.reason


def test_a_table_of_an_unknown_sort_is_named_with_the_sorts_there_are(write: Write) -> None:
    (fault,) = faults_of(write(GOOD.replace("limit", "limits")))[:1]
    assert "limits" in fault.reason
    assert "threshold" in fault.mend


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    (gone,) = faults_of(tmp_path / "khong-co.toml")
    assert (gone.file, gone.key) == ("khong-co.toml", "tệp")
    (tmp_path / "anh.toml").write_bytes(b"\xff\xfe\x00")
    (binary,) = faults_of(tmp_path / "anh.toml")
    assert "UTF-8" in binary.reason
    with pytest.raises(BrokenRulebook, match="tệp"):
        read_folder(tmp_path / "trong")


def test_a_rule_that_ends_for_good_says_what_ended_it(write: Write) -> None:
    ended = GOOD.replace(
        "  from = 2026-07-01\n  article",
        '  from = 2026-07-01\n  until = 2026-12-31\n  ended_by = "Nghị định X"\n  article',
    )
    assert read_files([write(ended)]).lines[2]["ended_by"] == "Nghị định X"


def settlement(rule_id: str, when: str, since: str = "2012-07-01") -> str:
    return (
        f'\n[[limit]]\nid = "{rule_id}"\nterm = "T"\nclock = "c"\nwhen = {when}\n'
        f'start = "taken_up"\ndays = 30\nunit = "calendar_day"\narticle = "Điều 1"\n'
        f"verified = true\nfrom = {since}\n"
    )


def test_two_rules_that_a_file_would_meet_at_once_are_refused(write: Write) -> None:
    two = settlement("a", '["complaint", "complex"]') + settlement("b", '["complaint", "remote"]')
    (fault,) = faults_of(write('book = "Thử"\n' + two))
    assert (fault.rule, fault.key) == ("b", "when")
    assert "a và b cùng áp dụng" in fault.reason
    both = settlement("ab", '["complaint", "remote", "complex"]')
    assert len(read_files([write('book = "Thử"\n' + two + both)]).lines) == 3


def test_a_rule_for_both_must_be_there_on_all_their_days(write: Write) -> None:
    two = settlement("a", '["complaint", "complex"]') + settlement("b", '["complaint", "remote"]')
    late = settlement("ab", '["complaint", "remote", "complex"]', since="2020-01-01")
    assert [each.rule for each in faults_of(write('book = "Thử"\n' + two + late))] == ["b"]


def test_rules_that_no_file_meets_at_once_are_no_fault(write: Write) -> None:
    either = settlement("a", '["complaint", "first"]') + settlement("b", '["complaint", "second"]')
    assert len(read_files([write('book = "Thử"\n' + either)]).lines) == 2


def test_two_answers_to_one_question_of_competence_are_refused(write: Write) -> None:
    text = 'book = "Thử"\n' + "".join(
        f'[[competence]]\nid = "{name}"\nterm = "T"\nmatter = "complaint"\nabout = "minister"\n'
        f'question = "first"\ndecides = "{name}"\narticle = "Điều 23"\nverified = true\n'
        f"from = 2012-07-01\n"
        for name in ("minister", "prime_minister")
    )
    (fault,) = faults_of(write(text))
    assert (fault.rule, fault.key, fault.line) == ("prime_minister", "decides", 18)


def test_two_rules_on_representatives_for_one_size_are_refused(write: Write) -> None:
    text = 'book = "Thử"\n' + "".join(
        f'[[representatives]]\nid = "{name}"\nterm = "T"\npeople_from = {low}\n{high}\n'
        f'at_least = 1\nat_most = 2\narticle = "Điều 29"\nverified = true\nfrom = 2014-07-01\n'
        for name, low, high in (("small", 5, "people_to = 10"), ("large", 10, ""))
    )
    (fault,) = faults_of(write(text))
    assert "đoàn 10 người có hai quy định" in fault.reason


def test_an_extension_of_nothing_is_refused(write: Write) -> None:
    text = (
        'book = "Thử"\n[[extension]]\nid = "e"\nterm = "T"\nof = "nowhere"\ndays = 30\ntimes = 1\n'
        'unit = "calendar_day"\narticle = "Điều 30"\nverified = true\nfrom = 2019-01-01\n'
    )
    (fault,) = faults_of(write(text))
    assert (fault.key, fault.line) == ("of", 5)


def test_an_id_of_two_sorts_is_refused(write: Write) -> None:
    text = GOOD + (
        '\n[[threshold]]\nid = "reply"\nterm = "T"\npeople = 5\narticle = "Điều 1"\n'
        "verified = true\nfrom = 2012-07-01\n"
    )
    assert any("đã dùng cho loại khác" in each.reason for each in faults_of(write(text)))


def test_one_broken_file_refuses_the_whole_folder(tmp_path: Path) -> None:
    books = Path(__file__).parents[3] / "infra" / "law" / "books"
    folder = tmp_path / "books"
    shutil.copytree(books, folder)
    assert read_folder(folder).lines == read_folder(books).lines
    spoilt = folder / "to-cao.toml"
    text = spoilt.read_text(encoding="utf-8")
    spoilt.write_text(text.replace('unit = "calendar_day"', 'unit = "ngày"', 1), encoding="utf-8")
    with pytest.raises(BrokenRulebook) as refused:
        read_folder(folder)
    (fault,) = refused.value.faults
    assert (fault.file, fault.rule, fault.key) == ("to-cao.toml", "denunciation.from_press", "unit")
    assert text.splitlines()[fault.line or 0].startswith("  article")


def test_every_fault_of_every_file_is_told_at_once(write: Write, tmp_path: Path) -> None:
    first = write(GOOD.replace("days = 7", "days = -1"))
    second = tmp_path / "hai.toml"
    second.write_text(GOOD.replace("reply", "other").replace('unit = "w', 'unit = "x'), "utf-8")
    found = [(each.file, each.key) for each in faults_of(first, second)]
    assert ("thu.toml", "days") in found
    assert found.count(("hai.toml", "unit")) == 2


def test_tables_within_a_line_are_read_and_their_faults_named_by_rule(write: Write) -> None:
    text = (
        'book = "Thử"\n[[limit]]\nid = "x"\nterm = "T"\nstart = "received"\nunit = "working_day"\n'
        'valid = [{from = 2014-07-01, days = 1, article = "Đ", verified = true}]\n'
    )
    assert read_files([write(text)]).lines[0]["days"] == 1
    (fault,) = faults_of(write(text.replace("days = 1", "days = 0")))
    assert (fault.line, fault.rule, fault.key) == (None, "x", "days")
