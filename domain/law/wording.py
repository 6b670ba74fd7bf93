"""A provision in words, without its article: what a reader of a list sees (lời của quy định)."""

from domain.law.provisions import (
    Choice,
    Competence,
    Document,
    Duty,
    Extension,
    Measure,
    Provision,
    Representatives,
    Rule,
    Threshold,
    Transition,
)
from domain.law.terms import Condition, Direction


def says(provision: Provision) -> str:
    """What it says in one phrase: ``10 ngày làm việc từ ngày tiếp nhận``."""
    match provision:
        case Rule():
            side = "trước" if provision.direction is Direction.BEFORE else "từ"
            length = f"{provision.days} {provision.unit.term}"
            return f"{length} {side} {provision.starts}{_when(provision.when)}"
        case Extension(days=days, times=times, unit=unit):
            return f"thêm {days} {unit.term}, nhiều nhất {times} lần{_when(provision.when)}"
        case Threshold(people=people):
            return f"từ {people} người"
        case Measure(amount=amount, unit=quantity):
            return f"{amount} {quantity.term}"
        case Choice(code=code):
            return f"{provision.list_term}: {code}{_on_paper(provision)}"
        case _:
            return _of_people(provision)


def _of_people(provision: Provision) -> str:
    match provision:
        case Competence(decides=decides, question=question):
            return f"{decides.term} {question.term}"
        case Duty(times=times, per=per):
            return f"ít nhất {times} lần mỗi {per.term}"
        case Representatives(at_least=least, at_most=most):
            spoken = f"{least}" if least == most else f"{least}–{most}"
            return f"{_group(provision)} cử {spoken} người"
        case Transition(accepted_before=day, topics=topics):
            told = ", ".join(sorted(topic.term for topic in topics))
            return f"thụ lý trước {day:%d/%m/%Y}: {told} theo quy định mới"
        case Document():
            return provision.article
        case _:
            return provision.term


def _when(when: frozenset[Condition]) -> str:
    """In the order of the closed list, so that equal conditions read alike."""
    told = [each.term for each in Condition if each in when]
    return f" ({', '.join(told)})" if told else ""


def _on_paper(choice: Choice) -> str:
    form = f", {choice.form}" if choice.form else ""
    return f"{form}, phải có văn bản" if choice.written_notice else form


def _group(rule: Representatives) -> str:
    if rule.people_to is None:
        return f"từ {rule.people_from} người"
    return f"{rule.people_from}–{rule.people_to} người"
