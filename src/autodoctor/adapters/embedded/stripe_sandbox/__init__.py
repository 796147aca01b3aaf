"""A local server that speaks the part of Stripe's API that autodoctor uses.

It is reached by the real SDK over HTTP, keeps its state in one SQLite file, shows a page to
pay on, and sends signed webhooks. No card is charged and nothing leaves the machine.
Money is counted without Stripe's fees and is available at once.
"""
