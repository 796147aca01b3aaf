"""Which consumers each kind of event is delivered to. Consumers run in the worker and finish
their delivery in the transaction of what they did."""

from enum import StrEnum
from typing import Final

from autodoctor.domain.accounts.events import (
    AccountBanned,
    AccountReinstated,
    AccountSuspended,
    HatAsked,
    IdentityLinked,
    PasswordChanged,
    PasswordResetAsked,
    SecondFactorChanged,
    VerificationAsked,
)
from autodoctor.domain.corporate.events import (
    CompanyBack,
    CompanyPutOut,
    EmployeeActivated,
    EmployeeDeactivated,
)
from autodoctor.domain.revenue.events import (
    CheckoutPaid,
    DisputeClosed,
    DisputeOpened,
    EarningsReduced,
    MoneyIssueOpened,
    NoticeReceived,
    PaymentDeclined,
    PaymentFulfilled,
    PaymentReturned,
    PayoutFailed,
    RefundDone,
    RefundDue,
    RefundedAtProvider,
    RefundFailed,
    RefundSettled,
    ReversalDue,
    TransferDue,
)
from autodoctor.domain.sessions.events import (
    MechanicReleased,
    ReportPublished,
    RequestAccepted,
    RequestOpened,
    SessionCancelled,
    SessionCompleted,
    SessionExpired,
)
from autodoctor.domain.shared.events import Event
from autodoctor.domain.vetting.events import (
    ApplicationApproved,
    ApplicationRejected,
    DocumentExpiring,
    DocumentReviewed,
    InformationAsked,
)
from autodoctor.domain.workshops.events import (
    MemberAdmitted,
    MemberAsked,
    MemberLeft,
    MemberPaused,
    WorkshopBack,
    WorkshopPutOut,
)


class Consumer(StrEnum):
    PAYMENTS = "payments"
    NOTIFICATIONS = "notifications"


ROUTES: Final[dict[type[Event], tuple[str, ...]]] = {
    NoticeReceived: (Consumer.PAYMENTS,),
    CheckoutPaid: (Consumer.PAYMENTS,),
    RefundDue: (Consumer.PAYMENTS,),
    TransferDue: (Consumer.PAYMENTS,),
    ReversalDue: (Consumer.PAYMENTS,),
    VerificationAsked: (Consumer.NOTIFICATIONS,),
    PasswordResetAsked: (Consumer.NOTIFICATIONS,),
    PasswordChanged: (Consumer.NOTIFICATIONS,),
    HatAsked: (Consumer.NOTIFICATIONS,),
    AccountSuspended: (Consumer.NOTIFICATIONS,),
    AccountBanned: (Consumer.NOTIFICATIONS,),
    AccountReinstated: (Consumer.NOTIFICATIONS,),
    SecondFactorChanged: (Consumer.NOTIFICATIONS,),
    IdentityLinked: (Consumer.NOTIFICATIONS,),
    RequestOpened: (Consumer.NOTIFICATIONS,),
    RequestAccepted: (Consumer.NOTIFICATIONS,),
    SessionCancelled: (Consumer.NOTIFICATIONS,),
    SessionCompleted: (Consumer.NOTIFICATIONS,),
    SessionExpired: (Consumer.NOTIFICATIONS,),
    ReportPublished: (Consumer.NOTIFICATIONS,),
    MechanicReleased: (Consumer.NOTIFICATIONS,),
    PaymentDeclined: (Consumer.NOTIFICATIONS,),
    PaymentFulfilled: (Consumer.NOTIFICATIONS,),
    PaymentReturned: (Consumer.NOTIFICATIONS,),
    RefundDone: (Consumer.NOTIFICATIONS,),
    RefundedAtProvider: (Consumer.NOTIFICATIONS,),
    DisputeOpened: (Consumer.NOTIFICATIONS,),
    DisputeClosed: (Consumer.NOTIFICATIONS,),
    RefundFailed: (Consumer.NOTIFICATIONS,),
    RefundSettled: (Consumer.NOTIFICATIONS,),
    EarningsReduced: (Consumer.NOTIFICATIONS,),
    PayoutFailed: (Consumer.NOTIFICATIONS,),
    MoneyIssueOpened: (Consumer.NOTIFICATIONS,),
    DocumentReviewed: (Consumer.NOTIFICATIONS,),
    DocumentExpiring: (Consumer.NOTIFICATIONS,),
    InformationAsked: (Consumer.NOTIFICATIONS,),
    ApplicationApproved: (Consumer.NOTIFICATIONS,),
    ApplicationRejected: (Consumer.NOTIFICATIONS,),
    MemberAsked: (Consumer.NOTIFICATIONS,),
    MemberAdmitted: (Consumer.NOTIFICATIONS,),
    MemberPaused: (Consumer.NOTIFICATIONS,),
    MemberLeft: (Consumer.NOTIFICATIONS,),
    WorkshopPutOut: (Consumer.NOTIFICATIONS,),
    WorkshopBack: (Consumer.NOTIFICATIONS,),
    CompanyPutOut: (Consumer.NOTIFICATIONS,),
    EmployeeActivated: (Consumer.NOTIFICATIONS,),
    EmployeeDeactivated: (Consumer.NOTIFICATIONS,),
    CompanyBack: (Consumer.NOTIFICATIONS,),
}
