"""Staff turn an application down on its page, and those who made it read why."""

from playwright.sync_api import Page, expect


def turn_down(staff: Page, applicant: Page, *, why: str, dashboard: str) -> None:
    """Leaves the applicant where they change what they told us."""
    staff.get_by_label("Why not").fill(why)
    staff.get_by_role("button", name="Turn down").click()
    expect(staff.get_by_text(why).first).to_be_visible()
    applicant.goto(dashboard)
    expect(applicant.get_by_text(why)).to_be_visible()
    applicant.get_by_role("link", name="Change what you told us").click()
