"""Our orders as the parameters of Stripe's calls. Our ids travel in the metadata."""

from typing import TYPE_CHECKING

from autodoctor.ports.payments import CheckoutOrder, RefundOrder, RefundReason, TransferOrder

if TYPE_CHECKING:
    from stripe.params import RefundCreateParams, TransferCreateParams
    from stripe.params.checkout import SessionCreateParams

REASONS = {
    RefundReason.CUSTOMER: "requested_by_customer",
    RefundReason.DUPLICATE: "duplicate",
    RefundReason.FRAUD: "fraudulent",
}


def checkout_params(order: CheckoutOrder) -> "SessionCreateParams":
    ids = {
        "checkout_id": order.checkout_id,
        "intake_id": order.intake_id,
        "session_id": order.session_id,
    }
    metadata = {name: str(value) for name, value in ids.items() if value is not None}
    return {
        "mode": "payment",
        "line_items": [
            {
                "price_data": {
                    "currency": order.amount.currency,
                    "unit_amount": order.amount.minor,
                    "product_data": {"name": order.description},
                },
                "quantity": 1,
            }
        ],
        "client_reference_id": str(order.checkout_id),
        "customer_email": order.customer_email,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "expires_at": int(order.expires_at.timestamp()),
        "metadata": metadata,
        "payment_intent_data": {
            "description": order.description,
            "metadata": metadata,
            "transfer_group": order.transfer_group,
        },
    }


def refund_params(order: RefundOrder) -> "RefundCreateParams":
    return {
        "payment_intent": order.payment_id,
        "amount": order.amount.minor,
        "reason": REASONS[order.reason],
        "metadata": {"refund_id": str(order.refund_id)},
    }


def transfer_params(order: TransferOrder) -> "TransferCreateParams":
    return {
        "amount": order.amount.minor,
        "currency": order.amount.currency,
        "destination": order.account,
        "source_transaction": order.charge_id,
        "transfer_group": order.transfer_group,
        "metadata": {"transfer_id": str(order.transfer_id)},
    }
