"""What came by mail, read in the mailbox of an installation."""

from support.money import until
from support.running import Running


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
