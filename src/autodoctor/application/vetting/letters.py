"""What we write to people who have applied."""

from autodoctor.application.notifications.letters import Letter, lines_of
from autodoctor.domain.vetting.application import ApplicationKind

_WHAT = {
    ApplicationKind.MECHANIC: "Your application as a mechanic",
    ApplicationKind.WORKSHOP: "Your workshop's application",
    ApplicationKind.ORGANIZATION: "Your company's application",
}
_PLACE = {
    ApplicationKind.MECHANIC: "mechanic",
    ApplicationKind.WORKSHOP: "workshop",
    ApplicationKind.ORGANIZATION: "corporate",
}
"""Under which path their pages stand."""


def asked(name: str, kind: ApplicationKind, question: str, site: str) -> Letter:
    return Letter(
        subject="A question about your application",
        greeting=f"Hello {name},",
        paragraphs=(
            f"{_WHAT[kind]} is with us, and one thing is not clear yet:",
            *lines_of(question),
            "Once you have answered we go on where we stopped. Nothing else is needed from you.",
        ),
        action="Answer the question",
        url=f"{site}/{_PLACE[kind]}/status",
    )


def approved(name: str, kind: ApplicationKind, site: str) -> Letter:
    then = {
        ApplicationKind.MECHANIC: "Complete your profile to at least 80 %, clock in, and the "
        "requests of customers come to you.",
        ApplicationKind.WORKSHOP: "You can invite your mechanics now.",
        ApplicationKind.ORGANIZATION: "You can set up your departments now, and invite others to "
        "run your company's account with you.",
    }
    return Letter(
        subject="Welcome to autodoctor: you are approved",
        greeting=f"Hello {name},",
        paragraphs=(f"{_WHAT[kind]} is approved.", then[kind]),
        action="Open your dashboard",
        url=f"{site}/{_PLACE[kind]}/dashboard",
    )


def rejected(name: str, kind: ApplicationKind, reason: str, site: str) -> Letter:
    return Letter(
        subject="About your application",
        greeting=f"Hello {name},",
        paragraphs=(
            f"{_WHAT[kind]} was not accepted. The reason:",
            *lines_of(reason),
            "Everything you told us is kept. If that changes, correct your application and hand "
            "it in again.",
        ),
        action="See your application",
        url=f"{site}/{_PLACE[kind]}/status",
    )
