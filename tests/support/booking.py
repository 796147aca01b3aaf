"""What a customer does in a browser between choosing a plan and the waiting room."""

from playwright.sync_api import Page, expect

PAYS = "4242 4242 4242 4242"
IS_DECLINED = "4000 0000 0000 0002"


def describe_vehicle(page: Page) -> None:
    page.get_by_label("Year").fill("2018")
    page.get_by_label("Make").fill("Honda")
    page.get_by_label("Model").fill("Civic")
    go_on(page)


def describe_concern(page: Page, text: str = "Grinding noise when braking") -> None:
    page.get_by_label("What is it about?").select_option("brakes")
    page.get_by_label("Describe it in your own words").fill(text)
    go_on(page, "Continue to the waiver")


def go_on(page: Page, label: str = "Continue") -> None:
    page.get_by_role("button", name=label, exact=True).last.click()


def book(page: Page, plan: str) -> None:
    """As far as the waiver."""
    page.goto(f"/intake?plan={plan}")
    describe_vehicle(page)
    go_on(page)
    describe_concern(page)
    expect(page).to_have_title("The waiver · autodoctor")


def sign(page: Page) -> None:
    page.get_by_label("Type your full name to sign").fill("Casey Driver")
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Sign and").click()


def pay(page: Page, card: str = PAYS) -> None:
    page.get_by_label("Card number").fill(card)
    page.get_by_label("Expiry").fill("12/34")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("Name on card").fill("Casey Driver")
    page.get_by_role("button", name="Pay").click()
