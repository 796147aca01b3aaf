"""What came by mail, read in the mailbox of an installation."""

from support.claims import CODE
from support.running import Running
from support.waiting import until


def mailed_link(running: Running, email: str, path: str) -> str:
    """The newest link to `path` that was mailed to an address, from the path on, once the mail is
    there."""

    def look() -> str:
        with running.client() as client:
            mails = client.get("/dev/mailbox.json", params={"to": email}).json()["mails"]
        links = [str(link) for mail in mails for link in mail["links"]]
        found = [link[link.index(path) :] for link in links if path in link]
        return found[0] if found else ""

    link: str = until(f"a mail to {email}", look)
    return link


def mailed_code(running: Running, email: str) -> str:
    """The newest code of six digits that was mailed to an address, once the mail is there."""

    def look() -> str:
        with running.client() as client:
            mails = client.get("/dev/mailbox.json", params={"to": email}).json()["mails"]
        found = (CODE.search(mail["text"]) for mail in mails)
        return next((each[1] for each in found if each), "")

    code: str = until(f"a code for {email}", look)
    return code
