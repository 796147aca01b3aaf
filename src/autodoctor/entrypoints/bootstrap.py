"""Puts an installation together: settings choose the adapters, constructors join them. The
only module that names adapters. What is slow to import is imported when it is first needed."""

from functools import cached_property

from sqlalchemy import Engine

from autodoctor.adapters.argon2.passwords import CHEAPEST, Argon2Passwords
from autodoctor.adapters.postgres.engine import engine
from autodoctor.adapters.postgres.queries.all import PostgresQueries
from autodoctor.adapters.postgres.role import RoleUnsafe, check_role
from autodoctor.adapters.postgres.rows import Guards
from autodoctor.adapters.postgres.transactions import PostgresTransactions
from autodoctor.adapters.storage.links import SignedLinks
from autodoctor.adapters.system.clock import RandomIds, ShiftedClock, SystemClock
from autodoctor.adapters.valkey.signals import ValkeySignals, client
from autodoctor.application.notifications.routes import ROUTES
from autodoctor.application.operations.watched import watch
from autodoctor.domain.shared.actor import Role
from autodoctor.entrypoints.embedded import Embedded
from autodoctor.entrypoints.settings import Settings, SettingsInvalid
from autodoctor.ports.bundle import Ports, Rules
from autodoctor.ports.clock import Clock
from autodoctor.ports.documents import Documents
from autodoctor.ports.files import Inspector, Storage
from autodoctor.ports.identity import IdentityProviders, OneTimeCodes, PasskeyCeremonies
from autodoctor.ports.mail import Mailer
from autodoctor.ports.payment_notices import PaymentNotices
from autodoctor.ports.payment_records import PaymentRecords
from autodoctor.ports.payments import Payments
from autodoctor.ports.payout_accounts import PayoutAccounts
from autodoctor.ports.vin import VinDecoder

CONNECT_SECONDS = 10.0
TRANSACTION_MILLISECONDS = 5_000
"""Nobody's live messages are told past an open transaction that has written something: the feed
reads in the order of transactions. A request's take milliseconds."""
LIVE_KEYS = ("sk_live_", "rk_live_")


class Installation:
    """One installation as a process needs it: settings, and ports made of them."""

    def __init__(self, settings: Settings, *, connections: int = 8) -> None:
        self.settings = settings
        self.embedded = Embedded(settings)
        self._connections = connections

    @property
    def database_url(self) -> str:
        return self.settings.database_url.get_secret_value() or self.embedded.database_url

    @property
    def owner_url(self) -> str:
        """The role that owns the tables, for migrations."""
        own = self.settings.database_owner_url.get_secret_value()
        if own:
            return own
        given = self.settings.database_url.get_secret_value()
        return given or self.embedded.owner_url

    @property
    def redis_url(self) -> str:
        return self.settings.redis_url.get_secret_value() or self.embedded.redis_url

    @property
    def secret_key(self) -> str:
        return self.settings.secret_key.get_secret_value() or self.embedded.secret("secret_key")

    @property
    def old_secret_keys(self) -> tuple[str, ...]:
        """What was signed and sealed with them counts; nothing new is."""
        given = self.settings.old_secret_keys.get_secret_value().split(",")
        return tuple(key.strip() for key in given if key.strip())

    @property
    def cron_secret(self) -> str:
        return self.settings.cron_secret.get_secret_value() or self.embedded.secret("cron")

    @property
    def webhook_secret(self) -> str:
        own = self.settings.stripe_webhook_secret.get_secret_value()
        return own or self.embedded.webhook_secret

    @cached_property
    def engine(self) -> Engine:
        return engine(
            self.database_url,
            connections=self._connections,
            transaction_milliseconds=TRANSACTION_MILLISECONDS,
        )

    @cached_property
    def signals(self) -> ValkeySignals:
        return ValkeySignals(client(self.redis_url))

    @cached_property
    def clock(self) -> Clock:
        if self.settings.development_clock:
            return ShiftedClock(self.embedded.clock_offset)
        return SystemClock()

    @cached_property
    def links(self) -> SignedLinks:
        return SignedLinks(self.secret_key, *self.old_secret_keys)

    @cached_property
    def transactions(self) -> PostgresTransactions:
        off = self.settings.guards_off
        guards = Guards(row_locks="row_locks" not in off, versions="versions" not in off)
        return PostgresTransactions(
            self.engine,
            routes=ROUTES,
            guards=guards,
            after_commit=self.signals.wake,
            watch=watch,
        )

    @cached_property
    def ports(self) -> Ports:
        payments, payment_records, payout_accounts = self._stripe()
        return Ports(
            transactions=self.transactions,
            queries=PostgresQueries(self.engine),
            clock=self.clock,
            ids=RandomIds(),
            passwords=self._passwords(),
            codes=self._codes(),
            ceremonies=self._ceremonies(),
            providers=self._providers(),
            payments=payments,
            payment_records=payment_records,
            payout_accounts=payout_accounts,
            notices=self._notices(),
            storage=self.storage,
            inspector=self._inspector(),
            documents=self._documents(),
            mailer=self._mailer(),
            vins=self._vins(),
            whispers=self.signals,
            rules=self._rules(),
        )

    def check(self) -> None:
        """What can only be told once there is a database. Raises SettingsInvalid."""
        if self.settings.production:
            try:
                check_role(self.engine)
            except RoleUnsafe as unsafe:
                raise SettingsInvalid(str(unsafe)) from unsafe

    def close(self) -> None:
        """Give back what is open; the installation is not used afterwards."""
        self.engine.dispose()
        self.signals.close()

    def _passwords(self) -> Argon2Passwords:
        hasher = CHEAPEST if self.settings.quick_passwords else None
        return Argon2Passwords(hasher, salt_key=self.secret_key, old_salt_keys=self.old_secret_keys)

    def _rules(self) -> Rules:
        needed = frozenset({Role.ADMIN}) if self.settings.production else frozenset[Role]()
        return Rules(
            public_url=self.settings.public_address,
            second_factor_required=needed,
            limits=self.settings.rate_limits,
        )

    def _ceremonies(self) -> PasskeyCeremonies:
        from autodoctor.adapters.webauthn.ceremonies import WebAuthnCeremonies

        return WebAuthnCeremonies(self.settings.public_address)

    def _codes(self) -> OneTimeCodes:
        from autodoctor.adapters.totp.codes import PyotpCodes

        return PyotpCodes(self.secret_key, *self.old_secret_keys)

    def _providers(self) -> IdentityProviders:
        from autodoctor.entrypoints.providers import providers

        return providers(self.settings)

    def _stripe(self) -> tuple[Payments, PaymentRecords, PayoutAccounts]:
        from autodoctor.adapters.stripe.client import connect
        from autodoctor.adapters.stripe.payment_records import StripePaymentRecords
        from autodoctor.adapters.stripe.payments import StripePayments
        from autodoctor.adapters.stripe.payout_accounts import StripePayoutAccounts

        own = self.settings.stripe_secret_key.get_secret_value()
        url = self.settings.stripe_api_url or (None if own else self.embedded.sandbox_url)
        stripe = connect(api_key=own or self.embedded.stripe_key, api_url=url)
        records = StripePaymentRecords(stripe)
        return StripePayments(stripe), records, StripePayoutAccounts(stripe)

    def _notices(self) -> PaymentNotices:
        from autodoctor.adapters.stripe.notices import StripePaymentNotices

        live = self.settings.stripe_secret_key.get_secret_value().startswith(LIVE_KEYS)
        return StripePaymentNotices((self.webhook_secret,), livemode=live)

    @cached_property
    def storage(self) -> Storage:
        if self.settings.storage_url:
            from autodoctor.adapters.storage.s3 import S3Storage

            return S3Storage.from_url(self.settings.storage_url)
        from autodoctor.adapters.storage.disk import DiskStorage

        return DiskStorage(self.settings.data / "files")

    def _inspector(self) -> Inspector:
        from autodoctor.adapters.storage.isolated import IsolatedInspector

        return IsolatedInspector()

    def _documents(self) -> Documents:
        from autodoctor.adapters.documents.stored import StoredDocuments
        from autodoctor.adapters.documents.typst import TypstDocuments

        return StoredDocuments(TypstDocuments(), self.storage)

    def _mailer(self) -> Mailer:
        from autodoctor.adapters.smtp.mailer import SmtpMailer

        url = self.settings.smtp_url.get_secret_value() or self.embedded.smtp_url
        choices = f"{self.settings.public_address}/account/notifications"
        return SmtpMailer(url, sender=self.settings.mail_from, choices_url=choices)

    def _vins(self) -> VinDecoder:
        from autodoctor.adapters.vin.ultravin import UltravinDecoder

        return UltravinDecoder()
